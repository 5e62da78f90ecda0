import 'reflect-metadata';
import type { AccessKind } from '../../src/platform/web/access.js';
import { type ReflectedRoute, reflectRoutes } from '../support/reflected-routes.js';
import { watchRoutes, type WatchedApp } from '../support/served-routes.js';

/** Method, address and who may call it. A new route is a new line here, written on purpose. */
const ROUTES = `
GET  /                                                              public
GET  /.well-known/oauth-authorization-server/oauth2/:site           public
GET  /apis/:site/fhir/.well-known/smart-configuration               public
GET  /account/factors                                               session
GET  /account/factors/devices/:handle                               session
POST /account/factors/devices/:handle                               session
GET  /account/factors/passkeys                                      session
POST /account/factors/passkeys                                      session
GET  /account/factors/passkeys/:id                                  session
POST /account/factors/passkeys/:id                                  session
GET  /account/factors/passkeys/options                              session
GET  /account/factors/recovery-codes                                session
POST /account/factors/recovery-codes                                session
GET  /account/factors/totp                                          session
POST /account/factors/totp                                          session
GET  /account/factors/totp/remove                                   session
POST /account/factors/totp/remove                                   session
GET  /account                                                       session
GET  /account/all-apps                                              session
POST /account/all-apps                                              session
GET  /account/apps                                                  session
GET  /account/apps/:client                                          session
POST /account/apps/:client                                          session
GET  /account/history                                               session
GET  /account/other-sessions                                        session
POST /account/other-sessions                                        session
GET  /account/password                                              session
POST /account/password                                              session
GET  /account/sessions                                              session
GET  /account/sessions/:sid                                         session
POST /account/sessions/:sid                                         session
GET  /health/live                                                   public
GET  /health/ready                                                  public
GET  /launch                                                        public
POST /launch                                                        public
GET  /launch/callback                                               public
GET  /metrics                                                       public
GET  /oauth2/default/.well-known/oauth-authorization-server         public
GET  /oauth2/default/.well-known/openid-configuration               public
GET  /oauth2/default/.well-known/smart-configuration                public
GET  /oauth2/default/assets/:name                                   public
GET  /oauth2/default/authorize                                      public
POST /oauth2/default/authorize                                      public
GET  /oauth2/default/authorize/:interaction                         public
POST /oauth2/default/authorize/:interaction                         public
POST /oauth2/default/authorize/:interaction/extend                  public
GET  /oauth2/default/client/:path                                   public
POST /oauth2/default/client/:path                                   public
GET  /oauth2/default/consent/:interaction                           public
POST /oauth2/default/consent/:interaction                           public
GET  /oauth2/default/enrol/:interaction                             public
POST /oauth2/default/enrol/:interaction                             public
GET  /oauth2/default/enrol/:interaction/key                         public
POST /oauth2/default/introspect                                     public
GET  /oauth2/default/jwk                                            public
GET  /oauth2/default/login                                          public
GET  /oauth2/default/logout                                         public
POST /oauth2/default/logout                                         public
POST /oauth2/default/logout/confirm                                 public
GET  /oauth2/default/mfa/:interaction                               public
POST /oauth2/default/mfa/:interaction                               public
GET  /oauth2/default/mfa/:interaction/key                           public
GET  /oauth2/default/new-password/:interaction                      public
POST /oauth2/default/new-password/:interaction                      public
GET  /oauth2/default/patient/:interaction                           public
POST /oauth2/default/patient/:interaction                           public
GET  /oauth2/default/provider/login                                 public
POST /oauth2/default/password                                       client
POST /oauth2/default/registration                                   public
POST /oauth2/default/revoke                                         client
GET  /oauth2/default/sign-in                                        public
GET  /oauth2/default/sign-in/:interaction                           public
POST /oauth2/default/sign-in/:interaction                           public
POST /oauth2/default/sign-in/:interaction/continue                  public
GET  /oauth2/default/sign-in/:interaction/passkey                   public
POST /oauth2/default/sign-in/:interaction/passkey                   public
POST /oauth2/default/smart/launch                                   client
GET  /oauth2/default/smart/smart-style                              public
POST /oauth2/default/token                                          client
GET  /oauth2/default/userinfo                                       bearer
POST /oauth2/default/userinfo                                       bearer
`;

/** What the kind of caller is proven by. `public` needs nobody to be proven. */
const GUARDS: Readonly<Record<Exclude<AccessKind, 'public'>, string>> = {
  client: 'ClientAuthenticationGuard',
  bearer: 'BearerTokenGuard',
  session: 'SessionGuard',
  admin: 'AdminGuard',
};

/** Routes that the OpenAPI document leaves out, and why. */
const NOT_DESCRIBED: Readonly<Record<string, string>> = {
  'AssetsController.get': 'style sheet and mark of the pages; no program calls it',
};

/** Addresses that are not a controller's, and whose they are. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  'GET /swagger/*': 'files of Swagger UI',
};

interface ListedRoute {
  readonly address: string;
  readonly access: string;
}

const LISTED: readonly ListedRoute[] = ROUTES.trim()
  .split('\n')
  .map((line) => {
    const [method = '', path = '', access = ''] = line.split(/\s+/);
    return { address: `${method} ${path}`, access };
  });

describe('Routes', () => {
  let watched: WatchedApp;
  let routes: readonly ReflectedRoute[];

  beforeAll(async () => {
    watched = await watchRoutes();
    routes = reflectRoutes(watched.app);
  });

  afterAll(() => watched.close());

  /** The address under which a route is served: its own path, or that below the prefix. */
  const addressesOf = (route: ReflectedRoute): string[] =>
    [route.path, `/${watched.config.prefix}${route.path === '/' ? '' : route.path}`]
      .map((path) => `${route.method} ${path}`)
      .filter((address) => watched.served.includes(address));

  it('are exactly those of the list', () => {
    const served = watched.served.filter((address) => !address.startsWith('HEAD ') && !(address in OF_OTHERS));
    expect(served).toEqual(LISTED.map(({ address }) => address).sort());
  });

  it('answer HEAD where they answer GET and nowhere else', () => {
    const of = (method: string): string[] =>
      watched.served.filter((address) => address.startsWith(`${method} `)).map((address) => address.slice(method.length));
    expect(of('HEAD')).toEqual(of('GET'));
  });

  it('all come from a controller, under one address each', () => {
    expect(routes.filter((route) => addressesOf(route).length !== 1).map((route) => route.handler)).toEqual([]);
    const declared = new Set(routes.flatMap(addressesOf));
    expect(LISTED.filter(({ address }) => !declared.has(address))).toEqual([]);
  });

  it('say who may call them, as the list does', () => {
    const access = new Map(routes.flatMap((route) => addressesOf(route).map((address) => [address, route.access ?? 'closed'])));
    expect(LISTED.map(({ address }) => ({ address, access: access.get(address) }))).toEqual(LISTED);
  });

  it('prove the caller with the guard of their kind', () => {
    const expected = (route: ReflectedRoute): string[] =>
      route.access === undefined || route.access === 'public' ? [] : [GUARDS[route.access]];
    const proofs = Object.values(GUARDS);
    const wrong = routes.filter((route) => route.guards.filter((guard) => proofs.includes(guard)).join() !== expected(route).join());
    expect(wrong.map(({ handler, access, guards }) => ({ handler, access, guards }))).toEqual([]);
  });

  it('are described for people who read the OpenAPI document', () => {
    const silent = routes.filter((route) => !route.summary && !(route.handler in NOT_DESCRIBED));
    expect(silent.map((route) => route.handler)).toEqual([]);
  });

  it('are hidden from the OpenAPI document only where a reason is given', () => {
    const hidden = new Set(routes.filter((route) => route.isHiddenFromOpenApi).map((route) => route.handler));
    expect([...hidden].sort()).toEqual(Object.keys(NOT_DESCRIBED).sort());
  });
});
