import { OAuthError, type OAuthErrorCode } from '../errors/oauth-error.js';
import { PATIENT_CONTEXT_SCOPE } from '../launch/launch-context.js';
import { reachesAcr } from '../token/acr.js';
import type { Facts, SessionFacts } from './facts.js';

interface Step {
  readonly name: string;
  readonly isNeeded: (facts: Facts, now: Date) => boolean;
  /** What the client is told when it forbade us to show the page. */
  readonly errorForPromptNone: OAuthErrorCode;
}

/** What a person may be led through before a request is answered, in this order. A step sees the facts, never the outcome of another step. */
export const STEPS = [
  { name: 'sign-in', isNeeded: isSignInNeeded, errorForPromptNone: 'login_required' },
  { name: 'mfa', isNeeded: isSecondFactorNeeded, errorForPromptNone: 'interaction_required' },
  {
    name: 'new-password',
    isNeeded: ({ session, passwordExpired }) => session !== null && passwordExpired,
    errorForPromptNone: 'interaction_required',
  },
  { name: 'enrol', isNeeded: isEnrolmentNeeded, errorForPromptNone: 'unmet_authentication_requirements' },
  { name: 'patient', isNeeded: isPatientNeeded, errorForPromptNone: 'interaction_required' },
  { name: 'consent', isNeeded: isConsentNeeded, errorForPromptNone: 'consent_required' },
] as const satisfies readonly Step[];

export type StepName = (typeof STEPS)[number]['name'];

/**
 * The page that is shown next.
 * @param now the time of the question
 * @returns null when nothing is left to ask: the request can be answered
 * @see OIDC Core §3.1.2.3, §3.1.2.4
 */
export function nextStep(facts: Facts, now: Date): StepName | null {
  if (facts.decision === 'denied') return null; // who declines need not prove who they are
  return STEPS.find((step) => step.isNeeded(facts, now))?.name ?? null;
}

/**
 * What a client with `prompt=none` is told instead of a page.
 * @param step what `nextStep` found to be needed
 * @returns an error without target
 * @see OIDC Core §3.1.2.6
 */
export function errorForPromptNone(step: StepName): OAuthError {
  const code = STEPS.find(({ name }) => name === step)?.errorForPromptNone ?? 'interaction_required';
  return new OAuthError(code, 'prompt=none was sent, but the person must be asked', { detail: `step ${step} is needed` });
}

function isSignInNeeded(facts: Facts, now: Date): boolean {
  if (awaitsSecondFactor(facts)) return false; // half way in: the next page continues, it does not begin again
  const { request, session, primaryFactorProven } = facts;
  if (session === null) return true;
  if (primaryFactorProven !== null && primaryFactorProven.subject !== session.subject) return true; // somebody else has begun to sign in
  if (request.expectedSubject !== null && request.expectedSubject !== session.subject) return true; // OIDC Core §3.1.2.2: never an answer about another person
  if (isProvenSince(session, request.createdAt)) return false;
  if (request.prompt.includes('login')) return true; // OIDC Core §3.1.2.1
  if (request.prompt.includes('select_account') && !session.chosenHere) return true; // OIDC Core §3.1.2.1
  return request.maxAge !== null && now.getTime() - session.authTime.getTime() > request.maxAge * 1000; // OIDC Core §3.1.2.1
}

/**
 * Whether the person may choose to go on as who is signed in here: all that stands in the way is that they were to be asked.
 * @param now the time of the question
 * @see OIDC Core §3.1.2.1, prompt=select_account
 */
export function isChoiceOffered(facts: Facts, now: Date): boolean {
  if (facts.session === null || nextStep(facts, now) !== 'sign-in') return false;
  return !isSignInNeeded({ ...facts, session: { ...facts.session, chosenHere: true } }, now);
}

/**
 * Whether the person proved who they are after the request arrived. The same instant does not count unless it was on our own pages:
 * a sign-in just before the request must not pass for the one that the request asks for.
 */
function isProvenSince(session: SessionFacts, createdAt: Date): boolean {
  return session.provenHere || session.authTime.getTime() > createdAt.getTime();
}

function awaitsSecondFactor(facts: Facts): boolean {
  return facts.primaryFactorProven !== null && facts.secondFactorRequired;
}

/** After the password, or because the session lacks a level that was asked for and the person can reach it. */
function isSecondFactorNeeded(facts: Facts): boolean {
  return awaitsSecondFactor(facts) || (lacksLevel(facts) && facts.session?.hasSecondFactor === true);
}

/** The session does not reach what the client asked for. @see OIDC Core §3.1.2.1 acr_values; RFC 9470 §5 */
function lacksLevel({ session, request }: Facts): boolean {
  return session !== null && !reachesAcr(session.amr, request.leastAcr);
}

/** Whoever must have a second factor and has none enrols one; whoever ought to is told, at each sign-in and no more often. */
function isEnrolmentNeeded(facts: Facts): boolean {
  const { session, enrolmentPutOff } = facts;
  if (session === null) return false;
  if (!session.hasSecondFactor && (lacksLevel(facts) || session.enrolmentDue === 'demanded')) return true;
  return session.provenHere && !enrolmentPutOff && (session.isNoticePending || session.enrolmentDue === 'advised');
}

/**
 * Whether it is for the person to say whose record the request is about: staff have many patients, a portal patient is their own.
 * @see SMART App Launch 2.2, "Requesting context with scopes"
 */
export function isPatientAsked({ requestedScope, session, isLaunched }: Facts): boolean {
  return session?.role === 'users' && !isLaunched && requestedScope.includes(PATIENT_CONTEXT_SCOPE);
}

/** Whether the request needs a patient and the EHR shows this person none. It is refused; who is signed in must be settled first. */
export function isPatientRefused(facts: Facts): boolean {
  if (facts.session === null) return false;
  const isAbout = isPatientAsked(facts) || (facts.isLaunched && facts.session.role === 'users');
  return facts.isLaunchedForOther || (isAbout && !facts.mayChoosePatient);
}

function isPatientNeeded(facts: Facts): boolean {
  return isPatientAsked(facts) && facts.mayChoosePatient && facts.patientChosenBy !== facts.session?.subject;
}

function isConsentNeeded(facts: Facts): boolean {
  if (isPatientRefused(facts)) return false; // nothing to allow
  const { decision, request, session } = facts;
  if (decision !== null && decision !== 'denied' && decision.subject === session?.subject) return false; // a decision counts for who made it
  if (request.prompt.includes('consent')) return true; // OIDC Core §3.1.2.1
  const remembered = new Set(facts.rememberedScope ?? []);
  return !facts.requestedScope.every((scope) => remembered.has(scope));
}
