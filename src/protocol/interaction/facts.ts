import type { PromptValue } from '../authorization/prompt.js';
import type { EnrolmentDue } from '../mfa/policy.js';
import type { ReachableAcr } from '../token/acr.js';

/** What the waiting request asks of the person. */
export interface RequestFacts {
  readonly prompt: readonly PromptValue[];
  /** Seconds; null when any age of the sign-in will do. */
  readonly maxAge: number | null;
  /** When the request arrived. */
  readonly createdAt: Date;
  /** The subject of a verified id_token_hint; null when there was none. */
  readonly expectedSubject: string | null;
  /** The authentication context class that the session must reach; null when any will do. */
  readonly leastAcr: ReachableAcr | null;
}

/** Somebody is signed in here, with every factor that was required. */
export interface SessionFacts {
  readonly subject: string;
  /** Staff of the EHR, or a patient of its portal. */
  readonly role: 'users' | 'patient';
  /** When all required factors had been proven. */
  readonly authTime: Date;
  /** How. @see RFC 8176 §2 */
  readonly amr: readonly string[];
  /** Whether that happened on the pages of this very interaction; times alone cannot tell within one tick of the clock. */
  readonly provenHere: boolean;
  /** Whether the person chose this session in this interaction, when they were asked with which account to go on. */
  readonly chosenHere: boolean;
  /** Whether this person has a second factor that they can be asked for; false as well where nothing depends on it. */
  readonly hasSecondFactor: boolean;
  /** What the clinic expects of this person, who has none; `none` for who has one. */
  readonly enrolmentDue: EnrolmentDue;
  /** Whether there is something about their factors that they have not been told. */
  readonly isNoticePending: boolean;
}

/** A person's answer to the consent page. It belongs to who gave it. */
export type Decision = { readonly subject: string; readonly granted: readonly string[] } | 'denied';

/** What is known about user, session and consent while a request waits: gathered anew each time the browser comes back. */
export interface Facts {
  readonly request: RequestFacts;
  readonly session: SessionFacts | null;
  /** Whose password was proven in this interaction, as long as a second factor may be outstanding; null before and afterwards. */
  readonly primaryFactorProven: { readonly subject: string } | null;
  /** Whether that person must show a second factor. False when nobody's password was proven. */
  readonly secondFactorRequired: boolean;
  /** Whether the person of the session has seen the page about second factors in this interaction, and went on. */
  readonly enrolmentPutOff: boolean;
  /** Whether the person of the session came in with a password that had expired, and has not set a new one yet. */
  readonly passwordExpired: boolean;
  /** The answer given in this interaction; null before there is one. */
  readonly decision: Decision | null;
  /** What the person of the session allowed this client before, and asked us to remember. */
  readonly rememberedScope: readonly string[] | null;
  /** Whether the EHR lets the app in without asking the person, who has not allowed it before; `rememberedScope` is what was asked for then. */
  readonly isConsentSkipped: boolean;
  readonly requestedScope: readonly string[];
  /** Who chose a patient in this interaction; null as long as nobody has. The choice belongs to who made it. */
  readonly patientChosenBy: string | null;
  /** Whether the EHR lets the person of the session see its patients. False for portal patients, and when it was not asked. */
  readonly mayChoosePatient: boolean;
  /** Whether the app was started for a patient, whom the launch names. */
  readonly isLaunched: boolean;
  /** Whether that is a patient whom the person of the session can never be shown: another one than they are, or nobody of this EHR. */
  readonly isLaunchedForOther: boolean;
}
