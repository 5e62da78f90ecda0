import { readFileSync } from 'node:fs';
import { LANGUAGES } from '../platform/i18n/languages.js';
import { frameIn } from '../../test/support/page-frames.js';
import { describeScopes, SCOPE_GROUP_NAMES, type ScopeGroup } from './scope-sentences.js';

const { words } = frameIn();
const fixture = JSON.parse(readFileSync('test/fixtures/openemr/scopes.json', 'utf8')) as Record<string, string[]>;
const EVERY_SCOPE = fixture['rest_system_scopes_api=1'] ?? [];

const places = (groups: readonly ScopeGroup[], scope: string) =>
  groups.flatMap(({ name, lines }) => lines.filter((line) => line.scope === scope).map(({ sentence }) => `${name}: ${sentence}`));
const placeOf = (scope: string) => places(describeScopes([scope], words), scope).join(' | ');

describe('describeScopes, over every scope of the EHR', () => {
  const groups = describeScopes(EVERY_SCOPE, words);

  it('has scopes to look at', () => {
    expect(EVERY_SCOPE).toHaveLength(293);
  });

  it.each(EVERY_SCOPE)('puts %s in exactly one group, in a sentence of its own words', (scope) => {
    const found = places(groups, scope);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\w+: [A-Z].{10,}\.$/);
    expect(found[0]).not.toMatch(/cannot describe|of the kind|Run the operation|only where|undefined/);
  });

  it('puts what changes records, and nothing that only reads them, under change', () => {
    const changing = groups.find(({ name }) => name === 'recordChange')?.lines.map(({ scope }) => scope) ?? [];
    const expected = EVERY_SCOPE.filter((scope) => /\.write$|\.[rs]*[cud][cruds]*$|swap-insurance$/.test(scope));
    expect(changing).toEqual(expected);
  });
});

describe.each(LANGUAGES)('describeScopes in $name', ({ tag }) => {
  const groups = describeScopes(EVERY_SCOPE, frameIn(tag).words);
  const sentences = groups.flatMap(({ lines }) => lines.map(({ sentence }) => sentence));

  it('has a whole sentence for every scope of the EHR, and no gap that stays open', () => {
    expect(sentences).toHaveLength(EVERY_SCOPE.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{L}[^{}]{4,}\.$/u);
  });

  it('keeps English out of other languages', () => {
    if (tag !== 'en') expect(sentences.filter((sentence) => /\b(the|and|record|see|delete)\b/i.test(sentence))).toEqual([]);
  });
});

describe('describeScopes in words that differ in their order', () => {
  it.each([
    ['de', 'patient/AllergyIntolerance.rs', 'Allergien in der Akte eines Patienten ansehen.'],
    ['de', 'user/allergy.write', 'Allergien in allen Akten, die Sie öffnen können, hinzufügen, ändern und löschen.'],
    ['es', 'user/Practitioner.s', 'Buscar datos de médicos, enfermeros y otros profesionales hasta donde llega su propio acceso.'],
    ['fr', 'system/*.$export', 'Tout exporter même quand personne n’est connecté.'],
    ['pt-BR', 'patient/Patient.cruds', 'Ver, adicionar, alterar e excluir dados pessoais no prontuário de um paciente.'],
    ['ar', 'patient/Goal.read', 'عرض الأهداف الصحية في سجل مريض واحد.'],
    ['he', 'patient/vital.cu', 'להוסיף ולשנות סימנים חיוניים ברשומה של מטופל אחד.'],
  ])('says in %s of %s: %s', (tag, scope, expected) => {
    expect(describeScopes([scope], frameIn(tag).words)[0]?.lines[0]?.sentence).toBe(expected);
  });
});

describe('describeScopes', () => {
  it.each([
    ['openid', 'identity: Know that it is you, now and when you come back.'],
    ['fhirUser', 'identity: Know which person in the health record you are.'],
    ['launch/patient', 'recordRead: Know which patient is chosen.'],
    ['launch/imagingstudy', 'recordRead: Know which “imagingstudy” is open when you start the app.'],
    ['api:pofh', 'api: Use the FHIR interface of the patient portal.'],
    ['site:default', 'api: Use the health record of the site “default”.'],
    ['offline_access', 'stayConnected: Keep its access when you are not using the app.'],
    ['online_access', 'stayConnected: Keep its access while you stay signed in.'],
    ['patient/AllergyIntolerance.read', 'recordRead: See allergies in one patient’s record.'],
    ['patient/AllergyIntolerance.rs', 'recordRead: See allergies in one patient’s record.'],
    ['user:Patient.write', 'recordChange: Add, change, and delete personal details in every record that you can open.'],
    ['user/Practitioner.s', 'recordRead: Find details of doctors, nurses and other practitioners that you can open.'],
    ['user/message.cud', 'recordChange: Add, change, and delete messages in every record that you can open.'],
    [
      'user/transaction.cuds',
      'recordChange: Find, add, change, and delete referrals and other transactions in every record that you can open.',
    ],
    ['system/Goal.cruds', 'recordChange: See, add, change, and delete health goals in every record, even when nobody is signed in.'],
    ['patient/*.read', 'recordRead: See all kinds of entries in one patient’s record.'],
    ['user/*.*', 'recordChange: See, add, change, and delete all kinds of entries in every record that you can open.'],
    ['system/*.$export', 'recordRead: Export everything even when nobody is signed in.'],
    ['user/insurance.$swap-insurance', 'recordChange: Swap the order of insurance policies in every record that you can open.'],
    [
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs',
      'recordRead: See vital signs in one patient’s record.',
    ],
    [
      'patient/Observation.rs?category=http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fobservation-category%7Claboratory',
      'recordRead: See laboratory results in one patient’s record.',
    ],
  ])('says of %s: %s', (scope, expected) => {
    expect(placeOf(scope)).toBe(expected);
  });

  it.each([
    ['patient/Observation.rs?category=urn:x|gene', 'only where category is “gene”'],
    ['patient/Observation.rs?status=final&category=x|laboratory', 'only where status is “final” and category is “laboratory”'],
    ['patient/Observation.rs?code=%E0%A4%A', 'only where code is'],
  ])('does not hide a restriction that it has no word for: %s', (scope, expected) => {
    expect(placeOf(scope)).toContain(expected);
  });

  it.each([
    'custom',
    'constructor',
    '__proto__',
    'patient/Observation',
    'patient/Observation.sr',
    'patient/Observation.',
    'api:other',
    'site:',
  ])('quotes the scope %j that it does not know', (scope) => {
    expect(placeOf(scope)).toBe(`api: Use the permission “${scope}”, which this server cannot describe.`);
  });

  it('counts an unknown operation as a change, and an unknown resource as part of the record', () => {
    expect(placeOf('user/Patient.$merge')).toBe(
      'recordChange: Run the operation “$merge” on personal details in every record that you can open.',
    );
    expect(placeOf('patient/constructor.read')).toBe('recordRead: See entries of the kind “constructor” in one patient’s record.');
  });

  it('fixes openid alone, counts a repeated scope once, and leaves out empty groups', () => {
    const groups = describeScopes(['openid', 'email', 'openid'], words);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.lines.map(({ scope, fixed }) => [scope, fixed])).toEqual([
      ['openid', true],
      ['email', false],
    ]);
    expect(describeScopes([], words)).toEqual([]);
  });

  it('keeps the order of the groups whatever the order of the scopes', () => {
    const names = describeScopes(['offline_access', 'api:fhir', 'user/vital.write', 'launch', 'openid'], words).map(({ name }) => name);
    expect(names).toEqual([...SCOPE_GROUP_NAMES]);
  });
});
