import { base, granted, now, proven, request, session } from '../../../test/support/sample-facts.js';
import type { Facts, SessionFacts } from './facts.js';
import { type StepName, nextStep } from './steps.js';

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

describe('nextStep: a level that was asked for', () => {
  const ask = (leastAcr: '1' | '2' | null, who: Partial<SessionFacts>): StepName | null =>
    nextStep({ ...base, request: { ...request, leastAcr }, session: { ...session, ...who }, decision: granted }, now);

  it.each<[string, '1' | '2' | null, Partial<SessionFacts>, StepName | null]>([
    ['none asked', null, { hasSecondFactor: true }, null],
    ['one factor, and shown', '1', { hasSecondFactor: true }, null],
    ['two, one shown', '2', { hasSecondFactor: true }, 'mfa'],
    ['two, both shown', '2', { hasSecondFactor: true, amr: ['pwd', 'otp', 'mfa'] }, null],
    ['two, one enrolled', '2', {}, 'enrol'],
    ['two, shown and taken away since', '2', { amr: ['pwd', 'otp', 'mfa'] }, null],
  ])('%s', (_what, least, who, expected) => {
    expect(ask(least, who)).toBe(expected);
  });

  it('does not come before the sign-in', () => {
    expect(nextStep({ ...base, request: { ...request, leastAcr: '2' }, session: null }, now)).toBe('sign-in');
  });
});

describe('nextStep: enrol', () => {
  it.each<[string, Partial<SessionFacts>, boolean, StepName | null]>([
    ['nothing due', { provenHere: true }, false, null],
    ['advised, on the way in', { enrolmentDue: 'advised', provenHere: true }, false, 'enrol'],
    ['advised, put off', { enrolmentDue: 'advised', provenHere: true }, true, null],
    ['advised, signed in already', { enrolmentDue: 'advised' }, false, null],
    ['demanded', { enrolmentDue: 'demanded', provenHere: true }, false, 'enrol'],
    ['demanded, put off while it was advised', { enrolmentDue: 'demanded', provenHere: true }, true, 'enrol'],
    ['demanded, signed in already', { enrolmentDue: 'demanded' }, false, 'enrol'],
    ['something to be told', { isNoticePending: true, provenHere: true }, false, 'enrol'],
    ['something that was told', { isNoticePending: true, provenHere: true }, true, null],
    ['something to be told, signed in already', { isNoticePending: true }, false, null],
  ])('%s', (_what, who, enrolmentPutOff, expected) => {
    expect(nextStep({ ...base, session: { ...session, ...who }, enrolmentPutOff, decision: granted }, now)).toBe(expected);
  });
});
