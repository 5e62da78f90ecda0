import { OAuthError } from '../errors/oauth-error.js';
import {
  checkLogoutClientId,
  decideLogout,
  type LogoutClientFacts,
  type LogoutHint,
  type LogoutSession,
  type SentLogoutRequest,
} from './logout-request.js';

const URI = 'https://app.example/bye';
const sent: SentLogoutRequest = { clientId: null, postLogoutRedirectUri: null, state: null };
const hint: LogoutHint = { clientId: 'client-1', subject: 'user-1', sessionId: 'session-1' };
const client: LogoutClientFacts = { clientId: 'client-1', postLogoutRedirectUris: [URI, 'https://app.example/left?lang=en'] };
const session: LogoutSession = { subject: 'user-1', sessionId: 'session-1' };

describe('checkLogoutClientId', () => {
  it.each([
    ['the hint alone', null, hint, 'client-1'],
    ['client_id alone', 'client-2', null, 'client-2'],
    ['both, when they agree', 'client-1', hint, 'client-1'],
    ['nobody', null, null, null],
  ])('takes the word of %s', (_what, clientId, given, expected) => {
    expect(checkLogoutClientId({ clientId }, given)).toBe(expected);
  });

  it('refuses a client_id that the hint contradicts (OIDC RP-Initiated Logout §4)', () => {
    expect(() => checkLogoutClientId({ clientId: 'client-2' }, hint)).toThrow(OAuthError);
    expect(() => decideLogout({ ...sent, clientId: 'client-2' }, hint, client, session)).toThrow(
      'invalid_request: client_id is not the client that id_token_hint was issued to',
    );
  });
});

describe('decideLogout: whether the person is asked', () => {
  const elsewhere: LogoutSession = { subject: 'user-1', sessionId: 'session-2' };
  const somebodyElse: LogoutSession = { subject: 'user-2', sessionId: 'session-1' };
  it.each<[string, LogoutHint | null, LogoutSession | null, boolean]>([
    ['a hint of this session', hint, session, false],
    ['a hint, and nobody is signed in here', hint, null, false],
    ['a hint without sid, of this person', { ...hint, sessionId: null }, elsewhere, false],
    ['a hint without sid, of another person', { ...hint, sessionId: null }, somebodyElse, true],
    ['a hint of another session of this person', hint, elsewhere, true],
    ['a hint of another person', hint, somebodyElse, true],
    ['no hint', null, session, true],
    ['no hint, and nobody is signed in here', null, null, true],
  ])('%s', (_what, given, here, needsConfirmation) => {
    expect(decideLogout(sent, given, client, here).needsConfirmation).toBe(needsConfirmation);
  });
});

describe('decideLogout: whose tokens end', () => {
  it('are those of the person and client in the hint', () => {
    expect(decideLogout(sent, hint, client, session).trustedUser).toEqual({ clientId: 'client-1', subject: 'user-1' });
  });

  it('are those of the hint even if its client is no longer registered', () => {
    expect(decideLogout(sent, hint, null, null).trustedUser).toEqual({ clientId: 'client-1', subject: 'user-1' });
  });

  it('are nobody’s without a hint: client_id proves nothing', () => {
    expect(decideLogout({ ...sent, clientId: 'client-1' }, null, client, session).trustedUser).toBeNull();
  });
});

describe('decideLogout: where the browser goes', () => {
  const goesTo = (postLogoutRedirectUri: string | null, state: string | null = null, registered = client.postLogoutRedirectUris) =>
    decideLogout({ ...sent, postLogoutRedirectUri, state }, hint, { ...client, postLogoutRedirectUris: registered }, session);

  it('is a registered URI, the first or another', () => {
    expect(goesTo(URI)).toMatchObject({ redirectTo: URI, redirectRefusal: null });
    expect(goesTo('https://app.example/left?lang=en')).toMatchObject({
      redirectTo: 'https://app.example/left?lang=en',
      redirectRefusal: null,
    });
  });

  it('is nowhere when no URI was sent, with state or without', () => {
    expect(goesTo(null)).toMatchObject({ redirectTo: null, redirectRefusal: null });
    expect(goesTo(null, 'abc')).toMatchObject({ redirectTo: null, redirectRefusal: null });
  });

  it.each([
    ['one that is not registered', 'https://evil.example/'],
    ['one with more path', `${URI}/more`],
    ['one with a query added', `${URI}?x=1`],
    ['one in another case', 'https://APP.example/bye'],
    ['the registered ones joined, as the EHR stores them', `${URI}|https://app.example/left?lang=en`],
    ['the empty text', ''],
  ])('is never %s', (_what, uri) => {
    expect(goesTo(uri, 'abc')).toMatchObject({ redirectTo: null, redirectRefusal: 'post_logout_redirect_uri is not registered' });
  });

  it('does not let the port of a loopback address vary', () => {
    expect(goesTo('http://127.0.0.1:9000/bye', null, ['http://127.0.0.1/bye']).redirectTo).toBeNull();
  });

  it.each([
    ['https://app.example/bye', 'abc', 'https://app.example/bye?state=abc'],
    ['https://app.example/bye?a=1', 'abc', 'https://app.example/bye?a=1&state=abc'],
    ['https://app.example/bye?', 'abc', 'https://app.example/bye?state=abc'],
    ['https://app.example/bye?a=1&', 'abc', 'https://app.example/bye?a=1&state=abc'],
    ['https://app.example/bye#end', 'abc', 'https://app.example/bye?state=abc#end'],
    ['https://app.example/bye', 'a b&c=d#e/ü', 'https://app.example/bye?state=a+b%26c%3Dd%23e%2F%C3%BC'],
    ['https://app.example/%7Ebye?x=%20', 'abc', 'https://app.example/%7Ebye?x=%20&state=abc'],
    ['com.example.app:/bye', 'abc', 'com.example.app:/bye?state=abc'],
    ['https://app.example/bye', '\ud800', 'https://app.example/bye?state=%EF%BF%BD'],
  ])('carries the state: %s with %j', (uri, state, expected) => {
    expect(goesTo(uri, state, [uri]).redirectTo).toBe(expected);
  });

  it('is proven by client_id where there is no hint, after the person agreed', () => {
    const decision = decideLogout({ clientId: 'client-1', postLogoutRedirectUri: URI, state: 'abc' }, null, client, session);
    expect(decision).toMatchObject({ needsConfirmation: true, redirectTo: `${URI}?state=abc` });
  });

  it.each<[string, SentLogoutRequest, LogoutHint | null, LogoutClientFacts | null]>([
    ['no client is named', { ...sent, postLogoutRedirectUri: URI }, null, null],
    ['no client is named, whatever was looked up', { ...sent, postLogoutRedirectUri: URI }, null, client],
    ['the named client is not registered', { ...sent, postLogoutRedirectUri: URI, clientId: 'client-1' }, null, null],
    [
      'another client was looked up than the hint names',
      { ...sent, postLogoutRedirectUri: URI },
      { ...hint, clientId: 'client-2' },
      client,
    ],
  ])('is nowhere when %s', (_what, request, given, found) => {
    expect(decideLogout(request, given, found, session)).toMatchObject({
      redirectTo: null,
      redirectRefusal: 'post_logout_redirect_uri of a client that is not named or not registered',
    });
  });
});
