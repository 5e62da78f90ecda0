import type { WordKey, Words } from '../platform/i18n/words.js';

/** What a resource of the health record is called in a sentence, and whether it belongs to a patient's record or to the clinic. */
export interface ResourceNoun {
  noun: string;
  belongsTo: 'record' | 'clinic';
}

type Noun = Exclude<
  Extract<WordKey, `resources.${string}`> extends `resources.${infer Name}` ? Name : never,
  'kind' | 'only' | 'condition'
>;

const RECORD_NOUNS: Readonly<Record<string, Noun>> = {
  '*': 'all',
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  Binary: 'files',
  CarePlan: 'carePlans',
  CareTeam: 'careTeams',
  Condition: 'problems',
  Coverage: 'coverage',
  Device: 'devices',
  DiagnosticReport: 'reports',
  DocumentReference: 'notes',
  Encounter: 'visits',
  Goal: 'goals',
  Immunization: 'vaccinations',
  Media: 'media',
  Medication: 'medicines',
  MedicationDispense: 'dispensed',
  MedicationRequest: 'prescribed',
  Observation: 'observations',
  Patient: 'personal',
  Person: 'linkedPersons',
  Procedure: 'procedures',
  Provenance: 'provenance',
  QuestionnaireResponse: 'answers',
  RelatedPerson: 'relatives',
  ServiceRequest: 'orders',
  Specimen: 'samples',
  allergy: 'allergies',
  appointment: 'appointments',
  dental_issue: 'dental',
  document: 'documents',
  employer: 'employers',
  encounter: 'visits',
  immunization: 'vaccinations',
  insurance: 'policies',
  list: 'issueLists',
  medical_problem: 'medicalProblems',
  medication: 'medicines',
  message: 'messages',
  patient: 'personal',
  prescription: 'prescriptions',
  procedure: 'procedures',
  soap_note: 'soapNotes',
  surgery: 'surgeries',
  transaction: 'transactions',
  vital: 'vitals',
};

const CLINIC_NOUNS: Readonly<Record<string, Noun>> = {
  Group: 'groups',
  Location: 'places',
  OperationDefinition: 'operations',
  Organization: 'organizations',
  Practitioner: 'practitioners',
  PractitionerRole: 'roles',
  Questionnaire: 'questionnaires',
  ValueSet: 'terms',
  drug: 'drugs',
  facility: 'facilities',
  insurance_company: 'insurers',
  insurance_type: 'insuranceTypes',
  practitioner: 'staff',
  product: 'product',
  user: 'accounts',
  version: 'version',
};

/** Names of the value codes by which `?category=` narrows a resource (US Core; HL7 terminology). */
const CATEGORY_NOUNS = new Map<string, Noun>([
  ['health-concern', 'concerns'],
  ['encounter-diagnosis', 'visitDiagnoses'],
  ['problem-list-item', 'problemList'],
  ['sdoh', 'living'],
  ['social-history', 'social'],
  ['laboratory', 'laboratory'],
  ['survey', 'surveys'],
  ['vital-signs', 'vitals'],
  ['clinical-note', 'clinicalNotes'],
]);

const NOUNS = new Map<string, { key: Noun; belongsTo: ResourceNoun['belongsTo'] }>([
  ...Object.entries(RECORD_NOUNS).map(([name, key]) => [name, { key, belongsTo: 'record' }] as const),
  ...Object.entries(CLINIC_NOUNS).map(([name, key]) => [name, { key, belongsTo: 'clinic' }] as const),
]);

/**
 * Names a resource and, where the scope narrows it, the part that it narrows to.
 * @param resource FHIR resource type, name of the EHR's standard API, or `*`; an unknown name is quoted
 * @param restriction query of the scope without `?`, for example `category=system|code`; empty for none
 * @see SMART App Launch 2.2, "Finer-grained resource constraints"
 */
export function findResourceNoun(resource: string, restriction: string, words: Words): ResourceNoun {
  const known = NOUNS.get(resource);
  const belongsTo = known?.belongsTo ?? 'record';
  const noun = known === undefined ? words.say('resources.kind', { kind: resource }) : words.say(`resources.${known.key}`);
  const conditions = [...new URLSearchParams(restriction)];
  const [first] = conditions;
  if (first === undefined) return { noun, belongsTo };
  const category = conditions.length === 1 && first[0] === 'category' ? CATEGORY_NOUNS.get(codeOf(first[1])) : undefined;
  if (category !== undefined) return { noun: words.say(`resources.${category}`), belongsTo };
  const said = conditions.map(([name, value]) => words.say('resources.condition', { name, value: codeOf(value) }));
  return { noun: words.say('resources.only', { what: noun, conditions: words.list(said) }), belongsTo };
}

function codeOf(token: string): string {
  return token.slice(token.lastIndexOf('|') + 1); // FHIR search writes a coded value as system|code
}
