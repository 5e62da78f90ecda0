import { approvedClient, decodeJwt, getJson, type OAuthClient, type SignInFields, type Tokens } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const ALL = 'openid profile email phone address';
const PROFILE = [
  ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'gender'],
  ...['birthdate', 'zoneinfo', 'locale', 'updated_at'],
];

describe('OIDC Core §5.4 Requesting Claims using Scope Values', () => {
  let server: TestServer;
  let client: OAuthClient;
  let clinician: Visitor;
  let patient: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: ALL });
    clinician = new Visitor(server);
    patient = new Visitor(server, PATIENT);
    await server.database.query("UPDATE patient_data SET phone_contact = '+1 413 555 0100' WHERE pid = 1");
  });

  afterAll(() => server.stop());

  const claimsOf = async (of: Visitor, scope: string): Promise<Record<string, unknown>> => {
    const tokens: Tokens = await of.tokens(client, { scope });
    return (await client.userinfo(tokens.access_token)).body;
  };

  it('openid alone opens the subject and nothing more', async () => {
    expect(await claimsOf(patient, 'openid')).toEqual({ sub: PATIENT.subject });
  });

  it('profile opens the claims of §5.1 about the person, and no others', async () => {
    const { sub, ...claims } = await claimsOf(patient, 'openid profile');
    expect(sub).toBe(PATIENT.subject);
    expect(claims).toMatchObject({ name: 'Phil Patient', given_name: 'Phil', family_name: 'Patient', birthdate: '1980-02-29' });
    for (const name of Object.keys(claims)) expect(PROFILE).toContain(name);
  });

  it('§5.1 updated_at is a number of seconds, gender one of the words OIDC knows or another text', async () => {
    const claims = await claimsOf(patient, 'openid profile');
    expect(claims['updated_at'] ?? 0).toEqual(expect.any(Number));
    expect(claims['gender'] ?? 'male').toBe('male');
  });

  it('email opens the address and whether it is verified', async () => {
    const { sub: _, ...claims } = await claimsOf(clinician, 'openid email');
    expect(claims).toMatchObject({ email: 'clara@example.org' });
    expect(typeof (claims['email_verified'] ?? false)).toBe('boolean');
    for (const name of Object.keys(claims)) expect(['email', 'email_verified']).toContain(name);
  });

  it('phone opens the number', async () => {
    const { sub: _, ...claims } = await claimsOf(patient, 'openid phone');
    expect(String(claims['phone_number']).replaceAll(/[^\d]/g, '')).toContain('4135550100');
    for (const name of Object.keys(claims)) expect(['phone_number', 'phone_number_verified']).toContain(name);
  });

  it('§5.1.1 address opens a JSON object', async () => {
    const { sub: _, ...claims } = await claimsOf(patient, 'openid address');
    expect(Object.keys(claims)).toEqual(['address']);
    expect(claims['address']).toMatchObject({ street_address: '1 Main St', locality: 'Springfield', region: 'MA', postal_code: '01103' });
  });

  it('several scopes open their claims together', async () => {
    expect(await claimsOf(patient, ALL)).toMatchObject({ given_name: 'Phil', email: 'phil@example.org', address: expect.any(Object) });
  });

  it.each<[string, SignInFields]>([
    ['clinician', CLINICIAN],
    ['patient', PATIENT],
  ])('opens nothing that was not asked for: a %s', async (_, person) => {
    expect(Object.keys(await claimsOf(new Visitor(server, person), 'openid'))).toEqual(['sub']);
  });

  it('opens nothing that the person unticked', async () => {
    const page = await clinician.arrive(client, { scope: 'openid profile email' });
    const answer = await clinician.browser.submit(page, { decision: 'allow', scope: ['openid', 'profile'] });
    const code = new URL(answer.location ?? 'about:blank').searchParams.get('code');
    const { body } = await client.exchange(code);
    expect((await client.userinfo(String(body['access_token']))).body).not.toHaveProperty('email');
    expect(decodeJwt(String(body['id_token'])).claims).not.toHaveProperty('email');
  });

  it('is what discovery says: every claim is among claims_supported', async () => {
    const supported = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body['claims_supported'];
    for (const name of Object.keys(await claimsOf(patient, ALL))) expect(supported).toContain(name);
  });
});
