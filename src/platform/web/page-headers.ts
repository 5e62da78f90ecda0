/**
 * Headers of a page for people: never cached, never framed, no script or style but our own files.
 * There is no cross-origin-opener-policy: it would cut a window in which an app signs people in from the app that opened it, for good, and
 * the client's page in that window could not hand over the answer.
 * @param formTargets addresses to which a form of the page leads in the end: browsers apply `form-action` to the redirect after it as well
 * @see CSP 3 §6.4.2; RFC 9700 §4.16
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formTargets.map(formSource)].join(' ')}`,
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}

/** Origin of a web address; scheme of an app's own. */
function formSource(uri: string): string {
  const url = new URL(uri);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : url.protocol;
}
