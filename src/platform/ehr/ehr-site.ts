import type { OAuthKeys } from './oauth-keys.js';
import type { SecretBox } from './secret-box.js';

/** Where the keys of the process come from. */
export type KeyOrigin =
  /** The EHR's own site folder. */
  | 'ehr'
  /** The EHR's, carried here by `chartkey keys import` because its site folder is not reachable. */
  | 'imported'
  /** The embedded demo EHR, whose keys were made for it. */
  | 'embedded'
  /** A stand-in: the EHR's site folder is not reachable from here, so its API will not accept our tokens. */
  | 'stand-in';

/** The key material of the site this process serves. */
export class EhrSite {
  constructor(
    readonly origin: KeyOrigin,
    readonly siteDir: string,
    readonly secretBox: SecretBox,
    readonly oauthKeys: OAuthKeys,
  ) {}
}
