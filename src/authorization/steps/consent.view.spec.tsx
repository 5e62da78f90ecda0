import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import { ConsentPage, type ConsentModel } from './consent.view.js';
import { describeScopes } from '../../consents/scope-sentences.js';

const { words } = frameIn();
const scopes = ['openid', 'email', 'patient/Observation.rs', 'user/vital.write', 'api:fhir', 'offline_access'];
const model: ConsentModel = {
  frame: frameIn(),
  csrfToken: 'csrf-1',
  action: '/oauth2/default/consent',
  app: { name: 'Dashboard', redirectHost: 'app.example' },
  person: { displayName: 'Ada Moreno' },
  otherAccountHref: '/sign-in?other_account=1',
  groups: describeScopes(scopes, words),
  offline: { requested: true, until: new Date('2027-02-24T12:00:00Z') },
  allowedBefore: null,
  rememberOffered: true,
  reduced: [],
};

const page = (changes: Partial<ConsentModel> = {}) => renderPage(<ConsentPage {...model} {...changes} />);

describe('ConsentPage', () => {
  it('offers each scope once, ticked, with a sentence as its label', () => {
    const html = page();
    const choices = [
      ...html.matchAll(/<label class="check"><input type="checkbox" name="scope" value="([^"]+)" checked\/><span>([^<]+)<\/span>/g),
    ];
    expect(choices.map(([, scope]) => scope)).toEqual(scopes.filter((scope) => scope !== 'openid'));
  });

  it('always sends openid, which cannot be unticked', () => {
    const html = page();
    expect(html).toContain('<input type="hidden" name="scope" value="openid"/><input type="checkbox" checked disabled/>');
    expect(html.match(/value="openid"/g)).toHaveLength(1);
  });

  it('groups the scopes under a legend and keeps technical names behind a disclosure', () => {
    const html = page();
    const legends = [...html.matchAll(/<legend>([^<]+)<\/legend>/g)].map(([, legend]) => legend);
    expect(legends).toEqual(['Who you are', 'See health records', 'Change health records', 'Ways to reach the records', 'Stay connected']);
    expect(html.match(/<details><summary>Technical names/g)).toHaveLength(5);
    expect(html).toContain('<code>patient/Observation.rs</code>');
  });

  it('lets the person refuse as easily as allow, and makes refusing what a stray Enter does', () => {
    const html = page();
    const decisions = [...html.matchAll(/<button type="submit"[^>]*name="decision" value="(\w+)"/g)].map(([, value]) => value);
    expect(decisions).toEqual(['deny', 'allow']);
  });

  it('says how long the app stays connected', () => {
    expect(page()).toContain('this access ends on <time datetime="2027-02-24T12:00:00.000Z">February 24, 2027</time>.');
    expect(page({ offline: { requested: true } })).toContain('until you or the clinic end it');
    expect(page({ groups: describeScopes(['openid'], words), offline: { requested: false } })).not.toContain('access ends');
  });

  it('names app, host and person, and carries the CSRF token', () => {
    const html = page();
    expect(html).toContain('<bdi class="name">Dashboard</bdi>');
    expect(html).toContain('app.example');
    expect(html).toContain('Signed in as <bdi class="name">Ada Moreno</bdi>');
    expect(html).toContain('name="csrf_token" value="csrf-1"');
  });

  it('offers to remember only where offered, and not ticked', () => {
    expect(page()).toMatch(/<input type="checkbox" name="remember" value="1" aria-describedby="remember-hint"\/>/);
    expect(page({ rememberOffered: false })).not.toContain('name="remember"');
  });

  it('tells two scopes with one meaning apart by their technical names', () => {
    const html = page({ groups: describeScopes(['patient/Goal.read', 'patient/Goal.rs'], words) });
    expect(html).toMatch(/record\. <code>patient\/Goal\.read<\/code><\/span>/);
    expect(html).toMatch(/record\. <code>patient\/Goal\.rs<\/code><\/span>/);
  });

  it('links to policy and terms, and never to a script', () => {
    const html = page({ app: { ...model.app, policyUri: 'https://app.example/p', tosUri: 'javascript:alert(1)' } });
    expect(html).toContain('href="https://app.example/p"');
    expect(html).not.toContain('javascript:');
  });

  it('escapes hostile names and scopes', () => {
    const groups = describeScopes(['"><script>alert(1)</script>', 'site:<img>'], words);
    const html = page({ app: { name: '<svg>', redirectHost: '</main>' }, person: { displayName: '<u>' }, groups });
    expect(html).not.toMatch(/<script>|<img|<u>/);
    expect(html.match(/<svg/g)).toHaveLength(1);
    expect(html.match(/<\/main>/g)).toHaveLength(1);
  });

  it('marks what the person has not allowed before, and says so', () => {
    const html = page({ allowedBefore: ['openid', 'email'] });
    expect(html).toContain('You have allowed this app access before.');
    expect(html.match(/class="badge">New</g)).toHaveLength(4);
    expect(/value="email"[^>]*>.*?<\/label>/.exec(html)?.[0]).not.toContain('badge');
    for (const allowedBefore of [null, scopes]) expect(page({ allowedBefore })).not.toMatch(/badge|before/);
  });

  it('does not call new what was allowed in other words', () => {
    const groups = describeScopes(['openid', 'patient/Goal.rs'], words);
    expect(page({ groups, allowedBefore: ['openid', 'patient/Goal.read'] })).not.toMatch(/badge/);
    expect(page({ groups, allowedBefore: ['openid', 'patient/Goal.r'] })).toMatch(/badge/);
  });
});
