import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { AUTHORIZATION_PARAMETERS } from '../../src/protocol/authorization/sent-request.js';
import { approvedClient, CALLBACK, type OAuthClient } from '../support/oauth-client.js';
import { watchRoutes } from '../support/served-routes.js';
import { LONG, times } from '../support/soak.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** In all, spread over the routes. */
const REQUESTS = times(2500, 60_000);
/** Of runs that failed once; they are tried first. fast-check prints the seed of a failure. */
const KEPT_SEEDS: readonly number[] = [];
const SEED = Number(process.env['CHARTKEY_TEST_SEED'] ?? Date.now() % 2_147_483_647);
/** If it comes back with its angle bracket, a page echoes without escaping. */
const MARK = `<fz'">`;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface Received {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly text: string;
}

const NAMES = [
  ...AUTHORIZATION_PARAMETERS,
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'username', 'password', 'user_role', 'email', 'mfa_token', 'token'],
  ...['token_type_hint', 'client_secret', 'client_assertion', 'client_assertion_type', 'csrf_token', 'decision', 'patient', 'search'],
  ...['post_logout_redirect_uri', 'remember', 'app', 'user', 'fhirContext', 'name', 'return_to', 'lang', '__proto__', 'constructor'],
];

describe('Arbitrary requests', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let server: TestServer;
  let client: OAuthClient;
  let routes: ReadonlyArray<{ readonly method: string; readonly path: string }>;

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_RATE_LIMITS: 'off', LOG_LEVEL: 'silent' } });
    client = await approvedClient(server);
    const watched = await watchRoutes();
    routes = watched.served.map((line) => line.split(' ', 2)).map(([method = '', path = '']) => ({ method, path }));
    await watched.close();
  }, LONG);
  afterAll(async () => {
    agent.destroy();
    await server.stop();
  });

  const texts = (): fc.Arbitrary<string> =>
    fc.oneof(
      fc.constantFrom(
        '',
        MARK,
        `${MARK}\r\nlocation: https://evil.example`,
        '\u0000',
        '%00',
        '%',
        '../..',
        '-1',
        '99999999999999999999',
        '[]',
        '{}',
      ),
      fc.constantFrom(
        client.clientId,
        client.registration.client_secret ?? '',
        CALLBACK,
        `${CALLBACK}.evil.example`,
        `${CALLBACK}/..//evil.example`,
      ),
      fc.constantFrom(
        'https://evil.example/',
        '//evil.example',
        'javascript:alert(1)',
        'code',
        'S256',
        'query',
        'form_post',
        'openid',
        'login',
        'none',
      ),
      fc.constantFrom(
        'authorization_code',
        'refresh_token',
        'password',
        'client_credentials',
        'users',
        'patient',
        'allow',
        'deny',
        'clinician',
      ),
      fc.constantFrom(`a.b.c`, 'eyJhbGciOiJub25lIn0.e30.', 'def50200', 'x'.repeat(3000), 'ﷺ'.repeat(200), '\ud800'),
      fc.string({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
  const fields = (): fc.Arbitrary<Array<[string, string]>> =>
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) }),
        texts(),
      ),
      {
        maxLength: 9,
      },
    );
  const headerText = fc.oneof(
    fc.constantFrom(
      '*/*',
      'text/html',
      'application/json',
      '*',
      `Bearer ${MARK}`,
      'Bearer',
      'Basic',
      'Basic Og==',
      'Basic %%%',
      'de-AT,de;q=0.9',
    ),
    fc.constantFrom('https://evil.example', 'null', 'W/"x"', 'a=b; c', `chartkey_browser=${'x'.repeat(43)}`, 'gzip;q=0'),
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  );
  const headers = fc.dictionary(
    fc.constantFrom(
      'accept',
      'accept-language',
      'authorization',
      'cookie',
      'origin',
      'referer',
      'if-none-match',
      'x-forwarded-for',
      'x-request-id',
    ),
    headerText,
    { maxKeys: 4 },
  );
  const segment = fc.oneof(
    fc.constantFrom('x', '..', '%2e%2e', '%00', encodeURIComponent(MARK), 'a'.repeat(300)),
    fc.string({ maxLength: 8 }),
  );

  const requests = (): fc.Arbitrary<Sent> =>
    fc
      .record({
        route: fc.constantFrom(...routes),
        query: fields(),
        form: fields(),
        headers,
        segment,
        kind: fc.constantFrom('form', 'form', 'form', 'json', 'raw'),
      })
      .map(({ route, query, form, headers: sent, segment: part, kind }) => {
        const path = route.path.replaceAll(/:[A-Za-z]+|\*/g, encodeURIComponent(wellFormed(part)));
        const withQuery = query.length > 0 && route.method !== 'POST' ? `${path}?${encoded(query)}` : path;
        const hasBody = route.method === 'POST' || route.method === 'PUT';
        const type = { form: 'application/x-www-form-urlencoded', json: 'application/json', raw: 'text/plain' }[kind];
        const body = kind === 'json' ? JSON.stringify(Object.fromEntries(form)) : encoded(form);
        return {
          method: route.method,
          path: withQuery,
          headers: { ...sent, ...(hasBody ? { 'content-type': type } : {}) },
          body: hasBody ? body : null,
        };
      });

  it(
    'never get a 5xx, a redirect to elsewhere, an unescaped echo or an answer out of shape',
    async () => {
      const property = fc.asyncProperty(requests(), async (sent) => {
        const received = await send(sent);
        expect({ status: received.status, isServerError: received.status >= 500 }).toEqual({
          status: received.status,
          isServerError: false,
        });
        expect(received.text).not.toContain(MARK.slice(0, 3));
        if (received.location !== null) expect(isOurs(received.location)).toBe(true);
        checkShape(received);
      });
      for (const seed of KEPT_SEEDS) await fc.assert(property, { seed, numRuns: 500 });
      await fc.assert(property, { seed: SEED, numRuns: REQUESTS });
    },
    LONG,
  );

  /** A redirect stays here, or goes to an address that the client has registered. */
  function isOurs(location: string): boolean {
    const url = new URL(location, server.origin);
    if (url.origin === server.origin || url.origin === server.config.publicUrl.origin) return true;
    return url.origin + url.pathname === CALLBACK;
  }

  function checkShape({ status, type, text }: Received): void {
    if (type.startsWith('application/json') && status >= 400 && text !== '') {
      expect(JSON.parse(text)).toEqual(expect.objectContaining({ error: expect.stringMatching(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/) })); // RFC 6749 §5.2
    }
    if (type.startsWith('application/json') && text !== '') JSON.parse(text);
    if (status >= 400 && text !== '') expect(type).toMatch(/^(application\/json|text\/html|text\/plain)/);
  }

  function send({ method, path, headers: sent, body }: Sent): Promise<Received> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: server.config.port, method, path, agent, headers: { host: `localhost:${server.config.port}`, ...sent } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              type: answer.headers['content-type'] ?? '',
              location: answer.headers.location ?? null,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(body ?? undefined);
    });
  }
});

function encoded(fields: ReadonlyArray<readonly [string, string]>): string {
  return fields.map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`).join('&');
}

/** Halves of surrogate pairs become the replacement character: they cannot be encoded. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
