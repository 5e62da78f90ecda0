/** What a page sends of a key: the JSON form of a credential, of which nothing is proven. @see WebAuthn Level 3 §5.1.1 */
export interface SentCredential {
  readonly id: string;
  readonly response: { readonly clientDataJSON: string; readonly userHandle?: unknown };
  readonly clientExtensionResults?: Readonly<Record<string, unknown>>;
}

/** Characters of a field; more than the largest certificate chain takes. */
const LONGEST = 32_768;

/** @returns null for what cannot be a credential */
export function findCredential(sent: string): SentCredential | null {
  if (sent.length > LONGEST) return null;
  const value = parsed(sent);
  const response = isObject(value) ? value['response'] : null;
  if (!isObject(value) || !isObject(response)) return null;
  if (typeof value['id'] !== 'string' || typeof response['clientDataJSON'] !== 'string') return null;
  if (value['clientExtensionResults'] !== undefined && !isObject(value['clientExtensionResults'])) return null;
  return value as unknown as SentCredential;
}

/** The challenge that a browser says it was given; base64url. */
export function challengeOf(credential: SentCredential | null): string | null {
  const data = credential && parsed(Buffer.from(credential.response.clientDataJSON, 'base64url').toString('utf8'));
  return isObject(data) && typeof data['challenge'] === 'string' ? data['challenge'] : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
