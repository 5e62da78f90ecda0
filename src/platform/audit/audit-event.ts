/** How a kind of event appears in the EHR's log: `event` is the column, `title` opens the comment. */
interface AuditEventForm {
  readonly event: string;
  readonly title: string;
}

/** Every kind of event that is audited. The first three are written as the EHR's own server writes them; the others it does not know. */
export const AUDIT_EVENTS = {
  'staff sign-in': { event: 'api', title: 'API' },
  'patient sign-in': { event: 'portalapi', title: 'Portal API' },
  'second factor': { event: 'mfa', title: '' },
  'second factor change': { event: 'mfa', title: 'OAuth2 MFA change' },
  'account unlock': { event: 'oauth2', title: 'OAuth2 account unlock' },
  consent: { event: 'oauth2', title: 'OAuth2 consent' },
  'patient search': { event: 'oauth2', title: 'OAuth2 patient search' },
  'patient choice': { event: 'oauth2', title: 'OAuth2 patient choice' },
  'token issue': { event: 'oauth2', title: 'OAuth2 token issue' },
  'code reuse': { event: 'oauth2', title: 'OAuth2 authorization code reuse' },
  'refresh token reuse': { event: 'oauth2', title: 'OAuth2 refresh token reuse' },
  revocation: { event: 'oauth2', title: 'OAuth2 revocation' },
  'password change': { event: 'oauth2', title: 'OAuth2 password change' },
  logout: { event: 'oauth2', title: 'OAuth2 logout' },
  'client registration': { event: 'oauth2', title: 'OAuth2 client registration' },
  'app launch': { event: 'oauth2', title: 'OAuth2 app launch' },
  'key change': { event: 'oauth2', title: 'OAuth2 key change' },
  'client change': { event: 'oauth2', title: 'OAuth2 client change' },
} as const satisfies Record<string, AuditEventForm>;

export type AuditEvent = keyof typeof AUDIT_EVENTS;

/** What happened, to whom, from where. Never a password, code, token or secret. */
export interface AuditEntry {
  readonly event: AuditEvent;
  readonly success: boolean;
  /** IP address of the caller. */
  readonly address: string;
  /** What happened or why not, in words that an auditor understands. */
  readonly reason: string;
  /** What only the audit log may hold, such as what somebody knows about a patient; it follows the reason. */
  readonly confidential?: string;
  /** Login name as it was sent. */
  readonly username?: string;
  /** Authorization group of a member of staff. */
  readonly groupName?: string;
  /** `users.id` of the member of staff, once it is proven who that is. */
  readonly userId?: number | null;
  /** `patient_data.pid` of the patient it is about. */
  readonly patientNumber?: number | null;
}

/** The text of the comment: `API failure: 192.0.2.1. user not found`. */
export function auditComment({ event, success, address, reason, confidential }: AuditEntry): string {
  const text = confidential === undefined ? reason : `${reason}: ${confidential}`;
  return `${AUDIT_EVENTS[event].title} ${success ? 'success' : 'failure'}: ${address}. ${text}`.trimStart();
}
