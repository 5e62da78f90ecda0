import { accountFindings, serviceFindings } from './services.check.js';

const SERVICE = {
  clientId: 'id',
  name: 'Export',
  isEnabled: true,
  isConfidential: true,
  scope: ['system/Patient.rs'],
  grantTypes: ['client_credentials'],
  jwks: '{"keys":[{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}]}',
  jwksUri: null,
};

describe('the account under which programs act', () => {
  it('is missed where it is not', () => {
    expect(accountFindings(true)).toEqual([]);
    expect(accountFindings(false)).toMatchObject([{ id: 'services.account', level: 'error' }]);
  });
});

describe('programs without a user', () => {
  it.each<[string, Partial<typeof SERVICE> & { jwksUri?: string | null; jwks?: string | null }, string[]]>([
    ['one that signs and is registered for it', {}, []],
    ['one with keys at an address', { jwks: null as never, jwksUri: 'https://app.example/jwks' as never }, []],
    ['one that is not enabled', { isEnabled: false, jwks: '' }, []],
    ['a client of people', { scope: ['user/Patient.rs'], jwks: '' }, []],
    ['one without keys', { jwks: '' }, ['services.keys']],
    ['one whose keys cannot be read', { jwks: 'see our website' }, ['services.keys']],
    ['one without a key that signs', { jwks: '{"keys":[{"kty":"oct","k":"AA"}]}' }, ['services.keys']],
    ['a public one', { isConfidential: false }, ['services.keys']],
    ['one that an older EHR registered', { grantTypes: ['authorization_code'] }, ['services.grant']],
  ])('%s: %j', (_what, changes, ids) => {
    const findings = serviceFindings([{ ...SERVICE, ...changes }]);
    expect(findings.map(({ id }) => id)).toEqual(ids);
    for (const { finding } of findings) expect(finding).toContain('Export (id)');
  });
});
