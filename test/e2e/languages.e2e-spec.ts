import { LANGUAGES } from '../../src/platform/i18n/languages.js';
import { type Answer, Browser } from '../support/browser.js';
import { approvedClient, getJson, type OAuthClient, signIn } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('The languages of the pages', () => {
  let server: TestServer;
  let client: OAuthClient;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  beforeEach(() => {
    browser = new Browser(server.origin);
  });

  afterAll(() => server.stop());

  const languageOf = (page: Answer): string => /<html lang="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const headingOf = (page: Answer): string => /<h1>([^<]*)<\/h1>/.exec(page.text)?.[1] ?? '';
  const linkTo = (page: Answer, tag: string): string =>
    new RegExp(`<a href="([^"]+)" lang="${tag}"`).exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';

  it('follow ui_locales, then the browser, then the EHR, then English', async () => {
    expect(languageOf(await browser.get('/'))).toBe('en');
    expect(languageOf(await browser.get('/', { 'accept-language': 'fr-CA, de;q=0.8' }))).toBe('fr');
    expect(languageOf(await browser.open(client.authorizeUrl({ ui_locales: 'xx pt-PT de' })))).toBe('pt-BR');
    await setGlobal(server, 'language_default', 'Spanish (Latin American)');
    try {
      expect(languageOf(await browser.get('/'))).toBe('es');
    } finally {
      await setGlobal(server, 'language_default', 'English (Standard)');
    }
  });

  it('keep the request when somebody switches, over the wish of the app and on every page that follows', async () => {
    const arrived = await browser.open(client.authorizeUrl({ ui_locales: 'fr' }));
    expect(headingOf(arrived)).toBe('Se connecter');
    server.clock.advance(1);
    const switched = await browser.open(linkTo(arrived, 'he'));
    expect(switched.url).toBe(arrived.url);
    expect(switched.text).toContain('<html lang="he" dir="rtl">');
    const refused = await signIn(browser, switched, { ...CLINICIAN, password: 'wrong' });
    expect(refused.text).toMatch(/<html lang="he".*role="alert"/s);
    const again = await browser.open(linkTo(refused, 'de'));
    expect(headingOf(again)).toBe('Anmelden');
    const consent = await signIn(browser, again, CLINICIAN);
    expect(headingOf(consent)).toBe('Zugriff erlauben?');
  });

  it('are remembered for a year in a cookie that scripts cannot read', async () => {
    const answer = await browser.get('/?x=1&chartkey_language=ar');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/?x=1');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^chartkey_language=ar\.\d+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.follow(answer)).text).toContain('<html lang="ar" dir="rtl">');
  });

  it.each([
    '//evil.example/?chartkey_language=de',
    '/\\evil.example/?chartkey_language=de',
    '/?chartkey_language=xx',
    '/?chartkey_language=',
  ])('lead nowhere from %s', async (address) => {
    const answer = await fetch(server.origin + address, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('speak on error pages, at their addresses too', async () => {
    const unknown = await browser.open(client.authorizeUrl({ client_id: 'nobody', ui_locales: 'es' }));
    expect([unknown.status, headingOf(unknown)]).toEqual([400, 'Esta aplicación no se conoce aquí']);
    const switched = await browser.open(linkTo(unknown, 'de'));
    expect([switched.status, headingOf(switched)]).toEqual([400, 'Diese Anwendung ist hier nicht bekannt']);
    const lost = await browser.get('/nowhere', { 'accept-language': 'it' });
    expect([lost.status, headingOf(lost)]).toEqual([404, 'Hier ist nichts']);
  });

  it('lead from a question that came by POST to the same question', async () => {
    const posted = await browser.post(`${server.issuer}/logout`, { client_id: client.clientId, state: 'a b&c' });
    const switched = await browser.open(linkTo(posted, 'fr'));
    expect(headingOf(switched)).toBe('Se déconnecter ?');
    expect(switched.text).toContain('name="state" value="a b&amp;c"');
  });

  it('are published as they are', async () => {
    const tags = LANGUAGES.map(({ tag }) => tag);
    for (const name of ['openid-configuration', 'oauth-authorization-server']) {
      const { body } = await getJson(`${server.issuer}/.well-known/${name}`);
      expect(body).toMatchObject({ ui_locales_supported: tags });
    }
  });
});
