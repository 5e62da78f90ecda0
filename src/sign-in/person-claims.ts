import type { Patient } from '../patients/patient.entity.js';
import { joined, text } from '../platform/ehr/ehr-text.js';
import type { User } from '../users/user.entity.js';

type Claims = Record<string, unknown>;

/** Entries of the EHR's address book that are providers although they never sign in. */
const PROVIDER_ENTRIES: readonly string[] = ['ord_lab', 'spe', 'external_provider'];

/**
 * All that is known about a member of staff.
 * @param subject uuid text
 * @param fhirUrl base of the EHR's FHIR API, without trailing slash
 * @see OIDC Core §5.1
 */
export function staffClaims(user: User, subject: string, fhirUrl: string): Claims {
  const isProvider = !!user.npi && (!!user.username || PROVIDER_ENTRIES.includes(user.addressBookType));
  return known({
    ...nameClaims(user),
    preferred_username: user.username,
    ...contactClaims(user),
    address: addressClaim({ street: user.street, city: user.city, state: user.state, postalCode: user.zip }),
    fhirUser: `${fhirUrl}/${isProvider ? 'Practitioner' : 'Person'}/${subject}`, // SMART App Launch 2.2 §4
  });
}

/**
 * All that is known about a patient. The login name is not told: it is an e-mail address as a rule, which is another scope's to open.
 * @param subject uuid text
 * @param fhirUrl base of the EHR's FHIR API, without trailing slash
 * @see OIDC Core §5.1
 */
export function patientClaims(patient: Patient, subject: string, fhirUrl: string): Claims {
  return known({
    ...nameClaims(patient),
    gender: genderClaim(patient.sex),
    birthdate: birthdateClaim(patient.birthDate),
    ...contactClaims(patient),
    address: addressClaim(patient),
    fhirUser: `${fhirUrl}/Patient/${subject}`, // SMART App Launch 2.2 §4
  });
}

type Text = string | null;

interface Named {
  readonly firstName: Text;
  readonly middleName: Text;
  readonly lastName: Text;
}

function nameClaims({ firstName, middleName, lastName }: Named): Claims {
  return { name: joined([firstName, middleName, lastName], ' '), given_name: firstName, middle_name: middleName, family_name: lastName };
}

/** Nobody has proven to us that mail or calls arrive there. */
function contactClaims({ email, phone }: { readonly email: Text; readonly phone: Text }): Claims {
  return {
    email,
    email_verified: text(email) === undefined ? undefined : false,
    phone_number: phone,
    phone_number_verified: text(phone) === undefined ? undefined : false,
  };
}

interface PostalAddress {
  readonly street: Text;
  readonly city: Text;
  readonly state: Text;
  readonly postalCode: Text;
}

/** @see OIDC Core §5.1.1 */
function addressClaim({ street, city, state, postalCode }: PostalAddress): Claims | undefined {
  const place = joined([city, joined([state, postalCode], ' ') ?? null], ', ') ?? null;
  const formatted = joined([street, place], '\n');
  if (formatted === undefined) return undefined;
  return known({ formatted, street_address: street, locality: city, region: state, postal_code: postalCode });
}

/** Lower case, as OIDC Core §5.1 writes the two values it names; undefined for the EHR's ways to say that it does not know. */
function genderClaim(sex: Text): string | undefined {
  const gender = text(sex)?.toLowerCase();
  return gender === undefined || ['unk', 'unknown', 'unassigned'].includes(gender) ? undefined : gender;
}

function birthdateClaim(date: Text): string | undefined {
  const day = text(date)?.slice(0, 10);
  return day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day) || day.startsWith('0000-00') ? undefined : day;
}

/** Without what is not known; texts without the blanks around them. */
function known(claims: Claims): Claims {
  const values = Object.entries(claims).map(([name, value]): [string, unknown] => [name, typeof value === 'string' ? text(value) : value]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== null));
}
