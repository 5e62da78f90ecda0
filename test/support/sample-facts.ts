import type { Decision, Facts, RequestFacts, SessionFacts } from '../../src/protocol/interaction/facts.js';

export const created = new Date('2026-01-01T12:00:00.500Z');
export const after = (milliseconds: number): Date => new Date(created.getTime() + milliseconds);
export const now = after(30_000);

export const request: RequestFacts = { prompt: [], maxAge: null, createdAt: created, expectedSubject: null, leastAcr: null };
export const session: SessionFacts = {
  ...({ subject: 'ann', role: 'users', authTime: after(-60_000), amr: ['pwd'], provenHere: false, chosenHere: false } as const),
  ...({ hasSecondFactor: false, enrolmentDue: 'none', isNoticePending: false } as const),
};
export const granted: Decision = { subject: 'ann', granted: ['openid'] };
export const scope = ['openid', 'profile'];

/** Ann is signed in and has been asked nothing yet. */
export const base: Facts = {
  request,
  session,
  primaryFactorProven: null,
  secondFactorRequired: false,
  enrolmentPutOff: false,
  passwordExpired: false,
  decision: null,
  rememberedScope: null,
  isConsentSkipped: false,
  requestedScope: scope,
  patientChosenBy: null,
  mayChoosePatient: false,
  isLaunched: false,
  isLaunchedForOther: false,
};
export const proven = { subject: 'ann' };
