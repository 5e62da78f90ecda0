import type { Client } from '../../clients/client.entity.js';
import type { Globals } from '../../platform/ehr/global-settings.js';
import type { IssuableGrant } from '../issuable-grant.js';

/** A way to obtain tokens. An implementation also has the static members of GrantType. */
export abstract class Grant<Request extends object = object> {
  /**
   * Decides what may be issued for what a client presents; nothing is signed or stored here.
   * @param client proven, enabled and registered for this grant type
   * @param address IP address of the client, for the audit log and for counting failures
   * @throws OAuthError invalid_grant, invalid_request, invalid_scope
   */
  abstract redeem(request: Request, client: Client, address: string): Promise<IssuableGrant>;
}

/** A line of the list GRANTS: a class which is a Grant and says what it is called and what it takes. */
export interface GrantType<Request extends object = object> {
  readonly grantType: string;
  /** What clients registered for (as RFC 7591 §2 names it) may use it, besides those registered for itself. */
  readonly impliedBy: readonly string[];
  /** The form, with class-validator rules. */
  readonly Request: new () => Request;
  /** A form that the documentation shows, by wire names. */
  readonly example: Readonly<Record<string, string>>;
  /** Whether the EHR's settings let it be used at all; without it, always. */
  isOffered?(this: void, globals: Globals): boolean;
  new (...dependencies: never[]): Grant<Request>;
}
