/**
 * The EHR's scopes for records, as data. Its server derives the same names from its routes
 * (src/Common/Auth/OpenIDConnect/Entities/ServerScopeListEntity.php).
 */

/** Whose records a scope opens: the patient in context, all that the user may see, or all there are. */
export type ScopeContext = 'patient' | 'user' | 'system';

const words = (text: string): string[] => text.trim().split(/\s+/);

const FHIR_READABLE = words(`
  AllergyIntolerance Appointment CarePlan CareTeam Condition Coverage Device DiagnosticReport DocumentReference Binary Encounter Goal
  Group Immunization Location Medication MedicationRequest Observation Organization Patient Person Practitioner PractitionerRole
  Procedure Provenance ValueSet OperationDefinition`);

const FHIR_SEARCHABLE = words(`
  AllergyIntolerance CarePlan CareTeam Condition Coverage Device DiagnosticReport DocumentReference Encounter Goal Immunization Media
  MedicationDispense MedicationRequest Observation Organization Patient Practitioner PractitionerRole Procedure Provenance
  Questionnaire QuestionnaireResponse RelatedPerson ServiceRequest Specimen`);

const FHIR_USER_WRITABLE = words('Patient Practitioner Organization');

const FHIR_BULK_EXPORT = words('system/Patient.$export system/Group.$export system/*.$bulkdata-status system/*.$export');

const US_CORE = 'http://hl7.org/fhir/us/core/CodeSystem';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';

/** Categories to which a search can be narrowed. The double slash of social-history is how the EHR spells it. */
const FHIR_CATEGORIES: readonly (readonly [resource: string, category: string])[] = [
  ['Condition', `${US_CORE}/condition-category|health-concern`],
  ['Condition', `${TERMINOLOGY}/condition-category|encounter-diagnosis`],
  ['Condition', `${TERMINOLOGY}/condition-category|problem-list-item`],
  ['Observation', `${US_CORE}/us-core-category|sdoh`],
  ['Observation', 'http://terminology.hl7.org//CodeSystem-observation-category|social-history'],
  ['Observation', `${TERMINOLOGY}/observation-category|laboratory`],
  ['Observation', `${TERMINOLOGY}/observation-category|survey`],
  ['Observation', `${TERMINOLOGY}/observation-category|vital-signs`],
  ['DocumentReference', `${US_CORE}/us-core-documentreference-category|clinical-note`],
];

/** The EHR's own API: each line a resource and the permissions it has for users. */
const STANDARD_USER = `
  allergy read write cruds
  appointment read write cruds
  dental_issue read write cruds
  document read write crs
  drug read rs
  employer read s
  encounter read write crus
  facility read write crus
  immunization read rs
  insurance read write crus $swap-insurance
  insurance_company read write crus
  insurance_type read s
  list read r
  medical_problem read write cruds
  medication read write cruds
  message write cud
  patient read write crus
  practitioner read write crus
  prescription read write crds
  procedure read rs
  product read s
  soap_note read write crus
  surgery read write cruds
  transaction read write cuds
  user read rs
  version read s
  vital read write crus`;

/** The EHR's own API: each line a resource and the permissions it has for patients. */
const STANDARD_PATIENT = `
  patient read s
  encounter read rs
  appointment read rs`;

function expandTable(context: ScopeContext, table: string): string[] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [resource = '', ...permissions] = words(line);
      return permissions.map((permission) => `${context}/${resource}.${permission}`);
    });
}

function fhirScopes(context: ScopeContext): string[] {
  return [
    ...FHIR_READABLE.map((resource) => `${context}/${resource}.read`),
    `${context}/DocumentReference.$docref`,
    ...FHIR_SEARCHABLE.map((resource) => `${context}/${resource}.rs`),
    ...FHIR_CATEGORIES.map(([resource, category]) => `${context}/${resource}.rs?category=${category}`),
  ];
}

/**
 * The scopes which open records in one context.
 * @returns names in SMART v1 (`.read`, `.write`) and v2 (`.rs`) form, once each
 * @see SMART App Launch 2.2 §3 for the grammar
 */
export function resourceScopes(context: ScopeContext): string[] {
  switch (context) {
    case 'patient':
      return [...fhirScopes('patient'), ...expandTable('patient', STANDARD_PATIENT)];
    case 'user':
      return [
        ...fhirScopes('user'),
        ...FHIR_USER_WRITABLE.map((resource) => `user/${resource}.write`),
        ...expandTable('user', STANDARD_USER),
      ];
    case 'system':
      return [...FHIR_BULK_EXPORT, ...fhirScopes('system')];
  }
}
