import type { Decision, Facts, RequestFacts, SessionFacts } from './facts.js';
import { STEPS, type StepName, errorForPromptNone, isPatientRefused, nextStep } from './steps.js';

const created = new Date('2026-01-01T12:00:00.500Z');
const after = (milliseconds: number): Date => new Date(created.getTime() + milliseconds);
const now = after(30_000);

const request: RequestFacts = { prompt: [], maxAge: null, createdAt: created, expectedSubject: null };
const session: SessionFacts = { subject: 'ann', role: 'users', authTime: after(-60_000), amr: ['pwd'], provenHere: false };
const granted: Decision = { subject: 'ann', granted: ['openid'] };
const scope = ['openid', 'profile'];

/** Ann is signed in and has been asked nothing yet. */
const base: Facts = {
  request,
  session,
  primaryFactorProven: null,
  secondFactorRequired: false,
  decision: null,
  rememberedScope: null,
  requestedScope: scope,
  patientChosenBy: null,
  mayChoosePatient: false,
};
const proven = { subject: 'ann' };

describe('STEPS', () => {
  it('come in this order', () => {
    expect(STEPS.map(({ name }) => name)).toEqual(['sign-in', 'mfa', 'patient', 'consent']);
  });
});

describe('nextStep: sign-in', () => {
  const signIn = (changes: Partial<RequestFacts>, who: Partial<SessionFacts> = {}, at = now): StepName | null =>
    nextStep({ ...base, request: { ...request, ...changes }, session: { ...session, ...who }, decision: granted }, at);

  it('is needed when nobody is signed in', () => {
    expect(nextStep({ ...base, session: null }, now)).toBe('sign-in');
  });

  it('is not needed when somebody is, however long ago', () => {
    expect(signIn({}, { authTime: new Date(0) })).toBeNull();
  });

  it.each<[string, 'login' | 'select_account', number, boolean, StepName | null]>([
    ['long before the request', 'login', -60_000, false, 'sign-in'],
    ['one millisecond before', 'login', -1, false, 'sign-in'],
    ['in the same instant, elsewhere', 'login', 0, false, 'sign-in'],
    ['one millisecond after, elsewhere', 'login', 1, false, null],
    ['on our own pages, in the same instant', 'login', 0, true, null],
    ['on our own pages, cut down to the second', 'login', -500, true, null],
    ['on our own pages', 'login', 20_000, true, null],
    ['before the request', 'select_account', -1, false, 'sign-in'],
    ['in the same instant, elsewhere', 'select_account', 0, false, 'sign-in'],
    ['after it', 'select_account', 1, false, null],
    ['on our own pages', 'select_account', 0, true, null],
  ])('proven %s, prompt=%s (%d ms)', (_what, prompt, offset, provenHere, expected) => {
    expect(signIn({ prompt: [prompt] }, { authTime: after(offset), provenHere })).toBe(expected);
  });

  it('is asked for by login beside other values', () => {
    expect(signIn({ prompt: ['login', 'consent'] })).toBe('sign-in');
    expect(signIn({ prompt: ['consent'] })).toBeNull();
    expect(signIn({ prompt: ['none'] })).toBeNull();
  });

  it.each<[string, number, number, boolean, number, StepName | null]>([
    ['well within', 300, -60_000, false, 0, null],
    ['exactly as old as allowed', 60, -60_000, false, 0, null],
    ['a millisecond too old', 60, -60_001, false, 0, 'sign-in'],
    ['too old when asked again, though not when the request came', 60, -50_000, false, 10_001, 'sign-in'],
    ['exactly as old as allowed when asked again', 60, -50_000, false, 10_000, null],
    ['zero, in the same instant, elsewhere', 0, 0, false, 0, null],
    ['zero, a millisecond before', 0, -1, false, 0, 'sign-in'],
    ['zero, in the same instant, asked a millisecond later', 0, 0, false, 1, 'sign-in'],
    ['zero, proven after the request: asking again would never end', 0, 1, false, 20_000, null],
    ['zero, proven on our own pages', 0, 0, true, 20_000, null],
    ['zero, proven on our own pages, cut down to the second', 0, -500, true, 20_000, null],
  ])('max_age: %s (%d s)', (_what, maxAge, offset, provenHere, askedAfter, expected) => {
    expect(signIn({ maxAge }, { authTime: after(offset), provenHere }, after(askedAfter))).toBe(expected);
  });

  it.each<[string, string | null, string, boolean, StepName | null]>([
    ['nobody expected', null, 'ann', false, null],
    ['the one who is expected', 'ann', 'ann', false, null],
    ['another one', 'bob', 'ann', false, 'sign-in'],
    ['another one, who has just signed in', 'bob', 'ann', true, 'sign-in'],
  ])('id_token_hint: %s (OIDC Core §3.1.2.2)', (_what, expectedSubject, subject, provenHere, expected) => {
    expect(signIn({ expectedSubject }, { subject, provenHere })).toBe(expected);
  });

  it('is needed when somebody else has begun to sign in and needs no second factor: the session is not theirs', () => {
    expect(nextStep({ ...base, decision: granted, primaryFactorProven: { subject: 'bob' } }, now)).toBe('sign-in');
    expect(nextStep({ ...base, decision: granted, primaryFactorProven: proven }, now)).toBeNull();
  });

  it('begins again when a second factor is no longer required and nobody is signed in', () => {
    expect(nextStep({ ...base, session: null, primaryFactorProven: proven }, now)).toBe('sign-in');
  });
});

describe('nextStep: mfa', () => {
  it.each<[string, Partial<Facts>, StepName | null]>([
    ['password proven, factor outstanding', { session: null, primaryFactorProven: proven, secondFactorRequired: true }, 'mfa'],
    ['the same with an older session', { primaryFactorProven: proven, secondFactorRequired: true }, 'mfa'],
    ['somebody else, half way in', { primaryFactorProven: { subject: 'bob' }, secondFactorRequired: true, decision: granted }, 'mfa'],
    ['no password proven', { session: null, secondFactorRequired: true }, 'sign-in'],
    ['signed in, no password proven here', { secondFactorRequired: true, decision: granted }, null],
  ])('%s', (_what, changes, expected) => {
    expect(nextStep({ ...base, ...changes }, now)).toBe(expected);
  });

  it('comes instead of sign-in when a fresh sign-in was asked for and is half done', () => {
    const asked = { ...request, prompt: ['login'] as const, maxAge: 0 };
    expect(nextStep({ ...base, request: asked, primaryFactorProven: proven, secondFactorRequired: true }, now)).toBe('mfa');
  });
});

describe('nextStep: patient', () => {
  const asked: Facts = { ...base, requestedScope: ['openid', 'launch/patient'], mayChoosePatient: true };

  it.each<[string, Partial<Facts>, StepName | null]>([
    ['nobody chose', {}, 'patient'],
    ['chosen', { patientChosenBy: 'ann' }, 'consent'],
    ['chosen by somebody else', { patientChosenBy: 'bob' }, 'patient'],
    ['everything remembered', { rememberedScope: asked.requestedScope }, 'patient'],
    ['allowed before anybody was chosen', { decision: granted }, 'patient'],
    ['chosen and allowed', { patientChosenBy: 'ann', decision: granted }, null],
    ['chosen and remembered', { patientChosenBy: 'ann', rememberedScope: asked.requestedScope }, null],
    ['a patient, who has one record', { session: { ...session, role: 'patient' } }, 'consent'],
    ['no such scope', { requestedScope: scope }, 'consent'],
    ['the scope for launches from a chart', { requestedScope: ['openid', 'launch'] }, 'consent'],
    ['nobody signed in', { session: null, mayChoosePatient: false }, 'sign-in'],
    ['half way in', { primaryFactorProven: proven, secondFactorRequired: true }, 'mfa'],
    ['declined', { decision: 'denied' }, null],
  ])('%s', (_what, changes, expected) => {
    expect(nextStep({ ...asked, ...changes }, now)).toBe(expected);
  });

  it('asks nothing of staff whom the EHR shows no patients: they are refused', () => {
    const refused = { ...asked, mayChoosePatient: false };
    expect(nextStep(refused, now)).toBeNull();
    expect(nextStep({ ...refused, request: { ...request, prompt: ['consent'] } }, now)).toBeNull();
    expect(nextStep({ ...refused, request: { ...request, prompt: ['login'] } }, now)).toBe('sign-in'); // as somebody else, perhaps
    expect(isPatientRefused(refused)).toBe(true);
    expect(isPatientRefused(asked)).toBe(false);
    expect(isPatientRefused({ ...refused, session: { ...session, role: 'patient' } })).toBe(false);
  });
});

describe('nextStep: consent', () => {
  it.each<[string, Partial<Facts>, StepName | null]>([
    ['never asked', {}, 'consent'],
    ['nothing remembered', { rememberedScope: [] }, 'consent'],
    ['all remembered', { rememberedScope: scope }, null],
    ['more remembered', { rememberedScope: ['email', 'profile', 'openid'] }, null],
    ['less remembered', { rememberedScope: ['openid'] }, 'consent'],
    ['something else remembered', { rememberedScope: ['openid', 'Profile'] }, 'consent'],
    ['allowed just now, in part', { decision: granted }, null],
    ['allowed just now, nothing ticked', { decision: { subject: 'ann', granted: [] } }, null],
    ['allowed just now by somebody else', { decision: { subject: 'bob', granted: scope } }, 'consent'],
    ['allowed by somebody else, remembered by this one', { decision: { subject: 'bob', granted: [] }, rememberedScope: scope }, null],
  ])('%s', (_what, changes, expected) => {
    expect(nextStep({ ...base, ...changes }, now)).toBe(expected);
  });

  it.each<[string, Decision | null, StepName | null]>([
    ['remembered only', null, 'consent'],
    ['answered in this interaction', granted, null],
    ['answered by somebody else', { subject: 'bob', granted: scope }, 'consent'],
  ])('prompt=consent asks although it is remembered: %s', (_what, decision, expected) => {
    expect(nextStep({ ...base, request: { ...request, prompt: ['consent'] }, rememberedScope: scope, decision }, now)).toBe(expected);
  });

  it('does not let a decision stand in for a sign-in', () => {
    expect(nextStep({ ...base, session: null, decision: granted }, now)).toBe('sign-in');
  });
});

describe('nextStep: a refusal', () => {
  it.each<[string, Partial<Facts>]>([
    ['signed in', {}],
    ['signed out', { session: null }],
    ['half way in', { session: null, primaryFactorProven: proven, secondFactorRequired: true }],
    ['with everything remembered', { rememberedScope: scope }],
    ['when a fresh sign-in was asked for', { request: { ...request, prompt: ['login', 'consent'] } }],
  ])('leaves nothing to ask: %s', (_what, changes) => {
    expect(nextStep({ ...base, ...changes, decision: 'denied' }, now)).toBeNull();
  });
});

describe('a whole sign-in', () => {
  it('leads through sign-in, second factor and consent', () => {
    const asked: Facts = {
      ...base,
      session: null,
      request: { ...request, prompt: ['login', 'consent'], maxAge: 0 },
      rememberedScope: scope,
    };
    const half: Facts = { ...asked, primaryFactorProven: proven, secondFactorRequired: true };
    const full: Facts = { ...asked, session: { ...session, authTime: after(10_000), provenHere: true } };
    const steps = [asked, half, full, { ...full, decision: granted }].map((facts) => nextStep(facts, now));
    expect(steps).toEqual(['sign-in', 'mfa', 'consent', null]);
  });
});

describe('errorForPromptNone', () => {
  it.each<[StepName, string]>([
    ['sign-in', 'login_required'],
    ['mfa', 'login_required'],
    ['patient', 'interaction_required'],
    ['consent', 'consent_required'],
  ])('%s is told as %s (OIDC Core §3.1.2.6)', (step, code) => {
    expect(errorForPromptNone(step)).toMatchObject({ code, status: 400, detail: `step ${step} is needed`, target: undefined });
  });
});
