import { OAuthError } from '../../protocol/errors/oauth-error.js';
import type { Client } from '../../clients/client.entity.js';
import type { Grant, GrantType } from './grant.js';

/** The grants of this server, by name. */
export class GrantRegistry {
  private readonly entries = new Map<string, { readonly type: GrantType; readonly grant: Grant }>();

  /**
   * @param grants one of each type, in the order of `types`
   * @throws Error when two have one name: a mistake of ours that stops the start
   */
  constructor(types: readonly GrantType[], grants: readonly Grant[]) {
    for (const [index, type] of types.entries()) {
      const grant = grants[index];
      if (grant === undefined || this.entries.has(type.grantType))
        throw new Error(`the grant type ${type.grantType} is listed twice or missing`);
      this.entries.set(type.grantType, { type, grant });
    }
  }

  /** Names of the grant types, in their order. */
  get names(): string[] {
    return [...this.entries.keys()];
  }

  /**
   * @param grantType as sent; undefined when absent
   * @throws OAuthError invalid_request when it is missing, unsupported_grant_type
   * @see RFC 6749 §5.2
   */
  get(grantType: string | undefined): { readonly type: GrantType; readonly grant: Grant } {
    if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing'); // RFC 6749 §4.1.3
    const entry = this.entries.get(grantType);
    if (entry) return entry;
    throw new OAuthError('unsupported_grant_type', `grant_type must be one of: ${this.names.join(', ')}`);
  }
}

/** Whether a client has registered for a grant type, or for one that brings it along. */
export function isRegisteredFor({ grantTypes }: Pick<Client, 'grantTypes'>, { grantType, impliedBy }: GrantType): boolean {
  const registered = grantTypes.length > 0 ? grantTypes : ['authorization_code']; // RFC 7591 §2: the default
  return [grantType, ...impliedBy].some((name) => registered.includes(name));
}
