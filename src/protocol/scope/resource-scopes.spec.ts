import { resourceScopes } from './resource-scopes.js';

describe('resourceScopes', () => {
  it.each(['patient', 'user', 'system'] as const)('names only records of the context %s', (context) => {
    expect(resourceScopes(context).filter((scope) => !scope.startsWith(`${context}/`))).toEqual([]);
  });

  it('spells the categories as the EHR does', () => {
    expect(resourceScopes('patient')).toContain(
      'patient/Observation.rs?category=http://terminology.hl7.org//CodeSystem-observation-category|social-history',
    );
  });

  it('reads what the EHR reads and writes what it writes', () => {
    const scopes = resourceScopes('user');
    expect(scopes).toEqual(
      expect.arrayContaining(['user/Patient.write', 'user/insurance.$swap-insurance', 'user/list.r', 'user/message.cud']),
    );
    for (const absent of ['user/message.read', 'user/drug.write', 'user/Observation.write', 'user/Media.read'])
      expect(scopes).not.toContain(absent);
  });

  it('keeps bulk export to programs', () => {
    const isExport = (scope: string): boolean => scope.includes('$export');
    expect(resourceScopes('system').filter(isExport)).toHaveLength(3);
    expect([...resourceScopes('user'), ...resourceScopes('patient')].filter(isExport)).toEqual([]);
  });
});
