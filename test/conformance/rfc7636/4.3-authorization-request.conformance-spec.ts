import { createHash } from 'node:crypto';
import { Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 7636 §4.3 Client Sends the Code Challenge', () => {
  let server: TestServer;
  let client: OAuthClient;
  let app: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    app = await publicClient(server);
  });

  afterAll(() => server.stop());

  const open = async (of: OAuthClient, more: Record<string, string | undefined>): Promise<URLSearchParams> =>
    callbackOf(await new Browser(server.origin).get(of.authorizeUrl({ scope: 'openid', prompt: 'none', ...more })));
  const NO_PKCE = { code_challenge: undefined, code_challenge_method: undefined };

  it('takes an S256 challenge', async () => {
    expect((await open(app, {})).get('error')).toBe('login_required');
  });

  it('§4.4.1 tells a public client without challenge invalid_request, and that one is required', async () => {
    const answer = await open(app, NO_PKCE);
    expect([answer.get('error'), answer.get('error_description')]).toEqual(['invalid_request', 'code_challenge is required']);
  });

  it('leaves it to a confidential client', async () => {
    expect((await open(client, NO_PKCE)).get('error')).toBe('login_required');
  });

  it('§4.4.1 refuses plain and says which method is supported', async () => {
    for (const each of [client, app]) {
      const answer = await open(each, { code_challenge_method: 'plain' });
      expect([answer.get('error'), answer.get('error_description')]).toEqual(['invalid_request', 'code_challenge_method must be S256']);
    }
  });

  it('§4.3 takes a missing method for plain, and refuses that as well', async () => {
    expect((await open(app, { code_challenge_method: undefined })).get('error')).toBe('invalid_request');
  });

  it.each(['s256', 'S512', 'none'])('§4.4.1 refuses the unknown method %s', async (method) => {
    expect((await open(app, { code_challenge_method: method })).get('error')).toBe('invalid_request');
  });

  it.each([
    ['too short', 'a'.repeat(42)],
    ['too long', 'a'.repeat(44)],
    ['padded', `${'a'.repeat(42)}=`],
    ['with characters of plain base64', `${'a'.repeat(41)}+/`],
  ])('§4.2 refuses a challenge that is %s', async (_, challenge) => {
    expect((await open(app, { code_challenge: challenge })).get('error')).toBe('invalid_request');
  });

  it('§4.4 gives the challenge away neither in the code nor in the answer', async () => {
    const challenge = createHash('sha256').update(app.verifier).digest('base64url');
    const answer = await new Visitor(server).answer(app, { scope: 'openid' });
    expect(answer.toString()).not.toContain(challenge);
    expect(Buffer.from(answer.get('code') ?? '', 'base64url').toString('latin1')).not.toContain(challenge);
  });
});
