import type { Patient } from '../patients/patient.entity.js';
import { supportedUserClaims } from '../protocol/scope/claims-of-scope.js';
import type { User } from '../users/user.entity.js';
import { patientClaims, staffClaims } from './person-claims.js';

const FHIR = 'https://emr.example.org/apis/default/fhir';
const SUBJECT = '9a1b0000-0001-4000-8000-000000000102';

const USER: User = {
  ...{ id: 2, uuid: SUBJECT, username: 'clinician', firstName: 'Clara', middleName: 'B', lastName: 'Clinician', isActive: true },
  ...{ npi: '1234567893', email: 'clara@example.org', street: '1 Main St', city: 'Springfield', state: 'MA', zip: '01103' },
  ...{ phone: '555-0100', addressBookType: '' },
};
const PATIENT: Patient = {
  ...{
    uuid: SUBJECT,
    patientNumber: 1,
    recordNumber: '1',
    homePhone: '',
    workPhone: '',
    mobilePhone: '',
    firstName: 'Phil',
    middleName: '',
    lastName: 'Patient',
    birthDate: '1980-02-29',
  },
  ...{ sex: 'Male', email: 'phil@example.org', phone: '555-0101', street: '1 Main St', city: 'Springfield', state: 'MA' },
  ...{ postalCode: '01103', allowPortal: 'YES' },
};

describe('staffClaims', () => {
  it('tells everything that is known, by the names of OpenID Connect', () => {
    expect(staffClaims(USER, SUBJECT, FHIR)).toEqual({
      ...{ name: 'Clara B Clinician', given_name: 'Clara', middle_name: 'B', family_name: 'Clinician', preferred_username: 'clinician' },
      ...{ email: 'clara@example.org', email_verified: false, phone_number: '555-0100', phone_number_verified: false },
      address: {
        formatted: '1 Main St\nSpringfield, MA 01103',
        ...{ street_address: '1 Main St', locality: 'Springfield', region: 'MA', postal_code: '01103' },
      },
      fhirUser: `${FHIR}/Practitioner/${SUBJECT}`,
    });
  });

  it('leaves out what is not known: NULL, nothing and blanks', () => {
    const nothing = {
      firstName: null,
      middleName: '',
      lastName: '  ',
      email: null,
      phone: '',
      street: null,
      city: '',
      state: null,
      zip: ' ',
    };
    expect(staffClaims({ ...USER, ...nothing }, SUBJECT, FHIR)).toEqual({
      preferred_username: 'clinician',
      fhirUser: `${FHIR}/Practitioner/${SUBJECT}`,
    });
  });

  it('makes an address of what there is', () => {
    const part = { street: null, city: 'Springfield', state: null, zip: null };
    expect(staffClaims({ ...USER, ...part }, SUBJECT, FHIR)['address']).toEqual({ formatted: 'Springfield', locality: 'Springfield' });
  });

  it.each([
    [{ npi: '1234567893' }, 'Practitioner'],
    [{ npi: null }, 'Person'],
    [{ npi: '' }, 'Person'],
    [{ npi: '1', username: '' }, 'Person'],
    [{ npi: '1', username: null, addressBookType: 'spe' }, 'Practitioner'],
    [{ npi: '1', username: null, addressBookType: 'ord_lab' }, 'Practitioner'],
    [{ npi: '1', username: null, addressBookType: 'external_provider' }, 'Practitioner'],
    [{ npi: null, username: null, addressBookType: 'spe' }, 'Person'],
  ])('for %j names a %s', (row, resource) => {
    expect(staffClaims({ ...USER, ...row }, SUBJECT, FHIR)['fhirUser']).toBe(`${FHIR}/${resource}/${SUBJECT}`);
  });
});

describe('patientClaims', () => {
  it('tells everything that is known but the login name', () => {
    expect(patientClaims(PATIENT, SUBJECT, FHIR)).toEqual({
      ...{ name: 'Phil Patient', given_name: 'Phil', family_name: 'Patient', gender: 'male', birthdate: '1980-02-29' },
      ...{ email: 'phil@example.org', email_verified: false, phone_number: '555-0101', phone_number_verified: false },
      address: {
        formatted: '1 Main St\nSpringfield, MA 01103',
        ...{ street_address: '1 Main St', locality: 'Springfield', region: 'MA', postal_code: '01103' },
      },
      fhirUser: `${FHIR}/Patient/${SUBJECT}`,
    });
  });

  it.each([
    ['Female', 'female'],
    ['', undefined],
    ['UNK', undefined],
    ['Other', 'other'],
  ])('gives the sex %j as %j', (sex, gender) => {
    expect(patientClaims({ ...PATIENT, sex }, SUBJECT, FHIR)['gender']).toBe(gender);
  });

  it.each([null, '', '0000-00-00', 'unknown'])('gives no birthdate for %j', (birthDate) => {
    expect(patientClaims({ ...PATIENT, birthDate }, SUBJECT, FHIR)).not.toHaveProperty('birthdate');
  });
});

describe('Claims', () => {
  it('are all among those that the discovery document names', () => {
    const given = [...Object.keys(staffClaims(USER, SUBJECT, FHIR)), ...Object.keys(patientClaims(PATIENT, SUBJECT, FHIR))];
    expect(given.filter((name) => !supportedUserClaims().includes(name))).toEqual([]);
  });
});
