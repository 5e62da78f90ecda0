import { after, base, granted, now, proven, request, scope, session } from '../../../test/support/sample-facts.js';
import type { Decision, Facts, RequestFacts, SessionFacts } from './facts.js';
import { STEPS, type StepName, errorForPromptNone, isChoiceOffered, isPatientRefused, nextStep } from './steps.js';

describe('STEPS', () => {
  it('come in this order', () => {
    expect(STEPS.map(({ name }) => name)).toEqual(['sign-in', 'mfa', 'new-password', 'enrol', 'patient', 'consent']);
  });
});

describe('nextStep: new-password', () => {
  const expired = { ...base, passwordExpired: true };

  it('is needed before consent when the password had expired', () => {
    expect(nextStep(expired, now)).toBe('new-password');
    expect(nextStep({ ...expired, decision: granted }, now)).toBe('new-password');
  });

  it('comes after everything that proves who it is', () => {
    expect(nextStep({ ...expired, session: null }, now)).toBe('sign-in');
    expect(nextStep({ ...expired, primaryFactorProven: proven, secondFactorRequired: true }, now)).toBe('mfa');
    expect(nextStep({ ...expired, session: null, decision: 'denied' }, now)).toBeNull();
  });

  it('cannot be taken where no page may be shown', () => {
    expect(errorForPromptNone('new-password').code).toBe('interaction_required');
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
    ['mfa', 'interaction_required'],
    ['enrol', 'unmet_authentication_requirements'],
    ['patient', 'interaction_required'],
    ['consent', 'consent_required'],
  ])('%s is told as %s (OIDC Core §3.1.2.6)', (step, code) => {
    expect(errorForPromptNone(step)).toMatchObject({ code, status: 400, detail: `step ${step} is needed`, target: undefined });
  });
});

describe('isChoiceOffered', () => {
  const offered = (changes: Partial<RequestFacts>, facts: Partial<Facts> = {}): boolean =>
    isChoiceOffered({ ...base, ...facts, request: { ...request, ...changes } }, now);

  it.each<[string, Partial<RequestFacts>, Partial<Facts>, boolean]>([
    ['select_account asks', { prompt: ['select_account'] }, {}, true],
    ['nobody asks', {}, {}, false],
    ['nobody is signed in', { prompt: ['select_account'] }, { session: null }, false],
    ['the password is wanted as well', { prompt: ['login', 'select_account'] }, {}, false],
    ['the sign-in is too old', { prompt: ['select_account'], maxAge: 30 }, {}, false],
    ['the app expects somebody else', { prompt: ['select_account'], expectedSubject: 'bob' }, {}, false],
    ['somebody else has begun to sign in', { prompt: ['select_account'] }, { primaryFactorProven: { subject: 'bob' } }, false],
    ['it was made', { prompt: ['select_account'] }, { session: { ...session, chosenHere: true } }, false],
    ['the person declined', { prompt: ['select_account'] }, { decision: 'denied' }, false],
  ])('where %s', (_why, changes, facts, expected) => {
    expect(offered(changes, facts)).toBe(expected);
  });

  it('lets the request go on once it was made, and only then', () => {
    const chosen = { ...base, decision: granted, request: { ...request, prompt: ['select_account'] as const } };
    expect(nextStep(chosen, now)).toBe('sign-in');
    expect(nextStep({ ...chosen, session: { ...session, chosenHere: true } }, now)).toBeNull();
    const both = { ...chosen, request: { ...request, prompt: ['login', 'select_account'] as const } };
    expect(nextStep({ ...both, session: { ...session, chosenHere: true } }, now)).toBe('sign-in');
  });
});
