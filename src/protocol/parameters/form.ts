import { OAuthError } from '../errors/oauth-error.js';

/** How much one request may send. Bytes for the whole, UTF-16 units after decoding for names and values. */
export interface FormLimits {
  readonly bytes: number;
  readonly parameters: number;
  readonly nameLength: number;
  readonly valueLength: number;
}

/** Generous for what clients and our own pages send: a consent page with every scope of the EHR has some 300 fields. */
export const FORM_LIMITS: FormLimits = { bytes: 131_072, parameters: 1_000, nameLength: 512, valueLength: 32_768 };

/** Parameters as they were sent: in order, repeated ones included. Names are data, never keys of an object. */
export class SentParameters {
  private readonly values = new Map<string, string[]>();

  /** @param sent decoded names and values, in the order sent */
  constructor(sent: Iterable<readonly [name: string, value: string]>) {
    for (const [name, value] of sent) {
      const values = this.values.get(name);
      if (values) values.push(value);
      else this.values.set(name, [value]);
    }
  }

  /**
   * The value of a parameter that may be sent once; undefined when absent or empty.
   * @throws OAuthError invalid_request naming the parameter, when it was sent more than once
   * @see RFC 6749 §3.1, §3.2
   */
  one(name: string): string | undefined {
    const values = this.values.get(name) ?? [];
    if (values.length > 1) throw new OAuthError('invalid_request', `${name} was sent more than once`);
    return values[0] === '' ? undefined : values[0];
  }

  /** Every value of a parameter that may be repeated, in the order sent, without empty ones. */
  all(name: string): readonly string[] {
    return (this.values.get(name) ?? []).filter((value) => value !== '');
  }

  isRepeated(name: string): boolean {
    return (this.values.get(name)?.length ?? 0) > 1;
  }

  /** Each name once, in the order of first appearance. */
  names(): readonly string[] {
    return [...this.values.keys()];
  }
}

/**
 * Reads the body of a form.
 * @param body the bytes as received
 * @throws OAuthError invalid_request: not UTF-8, broken escapes, NUL, or too much of anything (413 when too many bytes)
 * @see RFC 6749 §3.2, appendix B
 */
export function parseFormBody(body: Uint8Array, limits: FormLimits = FORM_LIMITS): SentParameters {
  if (body.byteLength > limits.bytes) throw new OAuthError('invalid_request', 'the body is too large', { status: 413 });
  return parsePairs(decodeUtf8(body), limits);
}

/**
 * Reads the query of a request.
 * @param query what stands between `?` and the end, still encoded; a leading `?` is not part of it
 * @throws OAuthError invalid_request: characters that a URI cannot have, broken escapes, NUL, or too much of anything (414 when too long)
 * @see RFC 6749 §3.1, appendix B; RFC 3986 §3.4
 */
export function parseQuery(query: string, limits: FormLimits = FORM_LIMITS): SentParameters {
  if (query.length > limits.bytes) throw new OAuthError('invalid_request', 'the query is too long', { status: 414 });
  if (/[^\x21-\x7e]/.test(query)) throw new OAuthError('invalid_request', 'the query has characters that must be percent-encoded');
  return parsePairs(query, limits);
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new OAuthError('invalid_request', 'the body is not valid UTF-8', { cause });
  }
}

function parsePairs(text: string, limits: FormLimits): SentParameters {
  const pairs = text.split('&', limits.parameters + 1);
  if (pairs.length > limits.parameters) throw new OAuthError('invalid_request', 'too many parameters were sent');
  return new SentParameters(pairs.filter((pair) => pair !== '').map((pair) => parsePair(pair, limits)));
}

function parsePair(pair: string, limits: FormLimits): readonly [string, string] {
  const equals = pair.indexOf('=');
  const name = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
  if (name.length > limits.nameLength) throw new OAuthError('invalid_request', 'the name of a parameter is too long');
  if (value.length > limits.valueLength)
    throw new OAuthError('invalid_request', 'the value of a parameter is too long', { detail: `parameter ${name}` });
  return [name, value];
}

function decode(encoded: string): string {
  const decoded = percentDecode(encoded.replaceAll('+', ' '));
  if (decoded.includes('\0')) throw new OAuthError('invalid_request', 'a parameter contains a NUL character');
  return decoded;
}

function percentDecode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new OAuthError('invalid_request', 'a parameter is not percent-encoded UTF-8', { cause });
  }
}
