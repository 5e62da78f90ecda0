/** The parts of a redirect URI whose port the operating system picks when the app starts. */
interface LoopbackUri {
  readonly host: string;
  /** Path and query, as written. */
  readonly rest: string;
}

const LOOPBACK_URI = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::([0-9]{1,5}))?((?:[/?].*)?)$/;
const HIGHEST_PORT = 65535;

/** The loopback parts of `uri`, or null when its port is not free to vary. */
function findLoopbackParts(uri: string): LoopbackUri | null {
  const [, host, port, rest] = LOOPBACK_URI.exec(uri) ?? [];
  if (host === undefined || rest === undefined) return null;
  if (port !== undefined && (Number(port) < 1 || Number(port) > HIGHEST_PORT)) return null;
  return { host, rest };
}

/**
 * Decides whether a redirect URI that was sent is the registered one.
 *
 * The comparison is of strings, byte for byte: no case folding, no default ports, no path clean-up, because every
 * normalisation has been a way to an open redirector. The single exception is the port of `http://127.0.0.1` and
 * `http://[::1]`, which a native app cannot know when it registers. `localhost` is a name that can be pointed elsewhere
 * and gets no exception.
 * @param sent absolute URI as sent by the client
 * @param registered absolute URI as registered
 * @see RFC 9700 §4.1.3, RFC 8252 §7.3, §8.3
 */
export function isSameRedirectUri(sent: string, registered: string): boolean {
  if (sent === registered) return true; // RFC 9700 §4.1.3
  const sentParts = findLoopbackParts(sent);
  const registeredParts = findLoopbackParts(registered);
  if (sentParts === null || registeredParts === null) return false;
  return sentParts.host === registeredParts.host && sentParts.rest === registeredParts.rest; // RFC 8252 §7.3
}

/**
 * Decides whether a redirect URI is one of those a client registered.
 * @param sent absolute URI as sent by the client
 * @param registered the client's redirect URIs
 * @see RFC 6749 §3.1.2.3, RFC 9700 §4.1.3
 */
export function isRegisteredRedirectUri(sent: string, registered: readonly string[]): boolean {
  return registered.some((uri) => isSameRedirectUri(sent, uri));
}
