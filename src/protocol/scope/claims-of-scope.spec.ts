import { claimsOfScope, selectClaims, supportedUserClaims } from './claims-of-scope.js';

const PROFILE = [
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'updated_at',
];

describe('claimsOfScope', () => {
  it.each([
    ['openid', ['sub']],
    ['profile', PROFILE],
    ['email', ['email', 'email_verified']],
    ['address', ['address']],
    ['phone', ['phone_number', 'phone_number_verified']],
    ['name', ['name']],
    ['given_name', ['given_name']],
    ['family_name', ['family_name']],
    ['nickname', ['nickname']],
    ['email_verified', ['email_verified']],
    ['phone_verified', ['phone_number_verified']],
    ['fhirUser', ['fhirUser']],
    ['api:fhir', ['api:fhir']],
    ['api:pofh', []],
    ['offline_access', []],
    ['user/Patient.read', []],
    ['constructor', []],
  ])('%s opens %j (OIDC Core §5.4)', (scope, claims) => {
    expect(claimsOfScope([scope])).toEqual(claims);
  });

  it('names a claim once which two scopes open', () => {
    expect(claimsOfScope(['openid', 'email_verified', 'email', 'openid'])).toEqual(['sub', 'email_verified', 'email']);
  });

  it('opens nothing without scopes', () => {
    expect(claimsOfScope([])).toEqual([]);
  });
});

describe('supportedUserClaims', () => {
  it('lists each claim once, standard and EHR', () => {
    const claims = supportedUserClaims();
    expect(claims).toEqual(
      expect.arrayContaining(['sub', ...PROFILE, 'email', 'phone_number_verified', 'address', 'fhirUser', 'api:oemr']),
    );
    expect(new Set(claims).size).toBe(claims.length);
  });
});

describe('selectClaims', () => {
  const known = {
    sub: 'u-1',
    name: 'Ann Example',
    email: 'ann@example.org',
    email_verified: false,
    gender: '',
    zoneinfo: null,
    locale: undefined,
  };

  it('tells only what the scopes open', () => {
    expect(selectClaims(known, ['openid', 'email'])).toEqual({ sub: 'u-1', email: 'ann@example.org', email_verified: false });
  });

  it('leaves out claims without a value, and keeps false (OIDC Core §5.3.2)', () => {
    expect(Object.keys(selectClaims(known, ['profile', 'email']))).toEqual(['name', 'email', 'email_verified']);
  });

  it('keeps zero', () => {
    expect(selectClaims({ updated_at: 0 }, ['profile'])).toEqual({ updated_at: 0 });
  });

  it('repeats the API scopes as true, as the EHR does, only when granted', () => {
    expect(selectClaims({ 'api:port': false }, ['api:fhir', 'api:oemr'])).toEqual({ 'api:fhir': true, 'api:oemr': true });
  });

  it('tells nothing for scopes which open nothing', () => {
    expect(selectClaims(known, ['offline_access', 'toString'])).toEqual({});
  });

  it('does not take inherited members for claims', () => {
    const inherited = Object.create({ name: 'from the prototype' }) as Record<string, unknown>;
    expect(selectClaims(inherited, ['name'])).toEqual({});
  });
});
