/** What a resource of the health record is called in a sentence, and whether it belongs to a patient's record or to the clinic. */
export interface ResourceNoun {
  noun: string;
  belongsTo: 'record' | 'clinic';
}

const RECORD_NOUNS = {
  '*': 'all kinds of entries',
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  Binary: 'attached files',
  CarePlan: 'care plans',
  CareTeam: 'care teams',
  Condition: 'health problems and diagnoses',
  Coverage: 'insurance cover',
  Device: 'implants and medical devices',
  DiagnosticReport: 'test reports',
  DocumentReference: 'documents and notes',
  Encounter: 'visits',
  Goal: 'health goals',
  Immunization: 'vaccinations',
  Media: 'images and recordings',
  Medication: 'medicines',
  MedicationDispense: 'dispensed medicines',
  MedicationRequest: 'prescribed medicines',
  Observation: 'measurements, test results and observations',
  Patient: 'personal details',
  Person: 'details of linked persons',
  Procedure: 'procedures',
  Provenance: 'the origin of entries',
  QuestionnaireResponse: 'answers to questionnaires',
  RelatedPerson: 'relatives and contacts',
  ServiceRequest: 'orders and referrals',
  Specimen: 'samples taken for tests',
  allergy: 'allergies',
  appointment: 'appointments',
  dental_issue: 'dental problems',
  document: 'documents',
  employer: 'employers',
  encounter: 'visits',
  immunization: 'vaccinations',
  insurance: 'insurance policies',
  list: 'lists of health issues',
  medical_problem: 'medical problems',
  medication: 'medicines',
  message: 'messages',
  patient: 'personal details',
  prescription: 'prescriptions',
  procedure: 'procedures',
  soap_note: 'visit notes (SOAP)',
  surgery: 'surgeries',
  transaction: 'referrals and other transactions',
  vital: 'vital signs',
};

const CLINIC_NOUNS = {
  Group: 'groups of patients',
  Location: 'places of care',
  OperationDefinition: 'descriptions of operations',
  Organization: 'clinics and other organizations',
  Practitioner: 'doctors, nurses and other practitioners',
  PractitionerRole: 'roles of practitioners',
  Questionnaire: 'questionnaires',
  ValueSet: 'lists of medical terms',
  drug: 'the drug inventory',
  facility: 'facilities',
  insurance_company: 'insurance companies',
  insurance_type: 'types of insurance',
  practitioner: 'practitioners',
  product: 'the product registration',
  user: 'user accounts',
  version: 'the version of the health record system',
};

/** Names of the value codes by which `?category=` narrows a resource (US Core; HL7 terminology). */
const CATEGORY_NOUNS = new Map([
  ['health-concern', 'health concerns'],
  ['encounter-diagnosis', 'diagnoses made at visits'],
  ['problem-list-item', 'the problem list'],
  ['sdoh', 'living conditions that affect health'],
  ['social-history', 'social history'],
  ['laboratory', 'laboratory results'],
  ['survey', 'survey answers and scores'],
  ['vital-signs', 'vital signs'],
  ['clinical-note', 'clinical notes'],
]);

const NOUNS = new Map<string, ResourceNoun>([
  ...Object.entries(RECORD_NOUNS).map(([name, noun]): [string, ResourceNoun] => [name, { noun, belongsTo: 'record' }]),
  ...Object.entries(CLINIC_NOUNS).map(([name, noun]): [string, ResourceNoun] => [name, { noun, belongsTo: 'clinic' }]),
]);

/**
 * Names a resource and, where the scope narrows it, the part that it narrows to.
 * @param resource FHIR resource type, name of the EHR's standard API, or `*`; an unknown name is quoted
 * @param restriction query of the scope without `?`, for example `category=system|code`; empty for none
 * @see SMART App Launch 2.2, "Finer-grained resource constraints"
 */
export function findResourceNoun(resource: string, restriction: string): ResourceNoun {
  const known = NOUNS.get(resource) ?? { noun: `entries of the kind “${resource}”`, belongsTo: 'record' };
  if (restriction === '') return known;
  const conditions = [...new URLSearchParams(restriction)];
  const [first] = conditions;
  const category = conditions.length === 1 && first?.[0] === 'category' ? CATEGORY_NOUNS.get(codeOf(first[1])) : undefined;
  if (category !== undefined) return { ...known, noun: category };
  const words = conditions.map(([name, value]) => `${name} is “${codeOf(value)}”`).join(' and ');
  return { ...known, noun: words === '' ? known.noun : `${known.noun} (only where ${words})` };
}

function codeOf(token: string): string {
  return token.slice(token.lastIndexOf('|') + 1); // FHIR search writes a coded value as system|code
}
