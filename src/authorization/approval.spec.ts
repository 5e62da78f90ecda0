import type { Client } from '../clients/client.entity.js';
import type { AuthorizationRequest } from '../protocol/authorization/authorization-request.js';
import type { Decision } from '../protocol/interaction/facts.js';
import type { Session } from '../sessions/session.entity.js';
import type { Person } from '../sign-in/person.js';
import { approve } from './approval.js';
import type { Interaction } from './interaction.entity.js';
import type { Waiting } from './waiting-requests.service.js';

const SUBJECT = '11111111-1111-4111-8111-111111111111';
const TARGET = { redirectUri: 'https://app.example/callback', responseMode: 'query' as const, state: 's', issuer: 'https://id.example' };
const REQUEST: AuthorizationRequest = {
  clientId: 'client-1',
  target: TARGET,
  redirectUriSent: false,
  responseType: 'code',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  scope: ['openid', 'email', 'phone'],
  audience: [],
  prompt: { values: [], maxAge: null, loginHint: null, idTokenHint: null, uiLocales: [], leastAcr: null },
  nonce: 'n',
};
const AUTH_TIME = new Date('2026-01-01T12:00:00Z');

interface Case {
  decision?: Decision | null;
  rememberedScope?: string[];
  isRemembered?: boolean;
  redirectUri?: string;
  scope?: readonly string[];
  /** uuid of the patient whom the person chose. */
  patient?: string;
  mayChoosePatient?: boolean;
}

const waiting = ({
  decision = null,
  rememberedScope,
  isRemembered = false,
  redirectUri = TARGET.redirectUri,
  scope = REQUEST.scope,
  patient,
  mayChoosePatient = true,
}: Case) =>
  ({
    interaction: { request: { ...REQUEST, scope, target: { ...TARGET, redirectUri } }, isRemembered } as Interaction,
    client: { clientId: 'client-1', isConfidential: false } as Client,
    facts: { decision, rememberedScope: rememberedScope ?? null, requestedScope: scope, session: { role: 'users' }, mayChoosePatient },
    patient: patient === undefined ? null : { uuid: patient },
    signedIn: {
      session: { sid: 'sid-1', authTime: AUTH_TIME, amr: ['pwd', 'otp', 'mfa'] } as Session,
      person: { subject: SUBJECT, role: 'users' } as Person,
    },
  }) as unknown as Waiting;
const allowed = (...granted: string[]): Decision => ({ subject: SUBJECT, granted });

describe('approve', () => {
  it('hands on what the request asked, who answered it and how they signed in', () => {
    expect(approve(waiting({ decision: allowed('openid', 'email', 'phone') }))).toEqual({
      clientId: 'client-1',
      subject: SUBJECT,
      role: 'users',
      redirectUri: TARGET.redirectUri,
      redirectUriSent: false,
      scope: ['openid', 'email', 'phone'],
      requestedScope: ['openid', 'email', 'phone'],
      state: 's',
      nonce: 'n',
      codeChallenge: REQUEST.codeChallenge,
      sid: 'sid-1',
      authTime: AUTH_TIME,
      amr: ['pwd', 'otp', 'mfa'],
      acr: '2',
      isRemembered: false,
      launchContext: {},
    });
  });

  it('grants what was allowed and asked for, in the order of the request', () => {
    expect(approve(waiting({ decision: allowed('phone', 'address', 'openid') })).scope).toEqual(['openid', 'phone']);
  });

  it('hands on the patient, where the scope for it was allowed', () => {
    const scope = ['openid', 'launch/patient'];
    const chosen = { scope, patient: SUBJECT.replaceAll('1', '3') };
    expect(approve(waiting({ ...chosen, decision: allowed(...scope) })).launchContext).toEqual({
      patient: chosen.patient,
      need_patient_banner: true,
      smart_style_url: 'https://id.example/smart/smart-style',
    });
    expect(approve(waiting({ ...chosen, decision: allowed('openid') })).launchContext).toEqual({});
    expect(approve(waiting({ ...chosen, rememberedScope: scope })).launchContext).toMatchObject({ patient: chosen.patient });
  });

  it('refuses, for the client to read, whoever may not see patients', () => {
    const scope = ['openid', 'launch/patient'];
    const denied = { code: 'access_denied', target: TARGET, detail: 'no permission patients/demo in the EHR' };
    expect(() => approve(waiting({ scope, rememberedScope: scope, mayChoosePatient: false }))).toThrow(expect.objectContaining(denied));
  });

  it('tells the client that the person declined', () => {
    expect(() => approve(waiting({ decision: 'denied', rememberedScope: ['openid', 'email', 'phone'] }))).toThrow(
      expect.objectContaining({ code: 'access_denied', target: TARGET }),
    );
  });

  it('grants nothing on the word of somebody else', () => {
    const decision = { subject: SUBJECT.replaceAll('1', '2'), granted: ['openid', 'email'] };
    expect(() => approve(waiting({ decision }))).toThrow(expect.objectContaining({ code: 'access_denied' }));
  });

  it('grants what is remembered, and remembers it on', () => {
    const approval = approve(waiting({ rememberedScope: ['openid', 'phone', 'address', 'email'] }));
    expect(approval).toMatchObject({ scope: ['openid', 'email', 'phone'], isRemembered: true });
  });

  it('prefers what was decided now to what is remembered', () => {
    const approval = approve(waiting({ decision: allowed('openid'), rememberedScope: ['openid', 'email', 'phone'] }));
    expect(approval).toMatchObject({ scope: ['openid'], isRemembered: false });
  });

  it.each<[string, Case, boolean]>([
    ['when the person asked for it', { decision: allowed('openid', 'email', 'phone') }, true],
    ['not when they left something out', { decision: allowed('openid', 'email') }, false],
    ['not where anybody can pose as the client', { decision: allowed('openid', 'email', 'phone'), redirectUri: 'com.example:/cb' }, false],
  ])('is remembered %s', (_, given, isRemembered) => {
    expect(approve(waiting({ ...given, isRemembered: true })).isRemembered).toBe(isRemembered);
  });
});
