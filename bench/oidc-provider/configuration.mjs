/** Access tokens that name this resource are signed; without it they are opaque, which is the only form that can be introspected. */
export const RESOURCE = 'https://emr.example/apis/default/fhir';
const HOUR = 3600;
const DAY = 24 * HOUR;

const resourceServer = {
  scope: 'system/Patient.rs api:oemr',
  audience: RESOURCE,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
};

/**
 * Has oidc-provider do what Chartkey does: same endpoints, lifetimes, signatures and rotation.
 * @param store of `makeMemoryStore` or `makeMariadbStore`
 * @param jwks the signing key, private
 */
export function makeConfiguration(store, jwks) {
  return {
    adapter: store.adapter,
    clients: store.clients,
    jwks,
    findAccount: async (_ctx, id) => {
      const account = await store.findAccount(id);
      return account && { accountId: id, claims: async () => ({ sub: id, ...account.claims }) };
    },
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'zoneinfo', 'updated_at'],
      email: ['email', 'email_verified'],
    },
    scopes: ['openid', 'offline_access', 'profile', 'email', ...resourceServer.scope.split(' ')],
    clientAuthMethods: ['client_secret_post', 'private_key_jwt'],
    clientDefaults: { id_token_signed_response_alg: 'RS256' },
    enabledJWA: { clientAuthSigningAlgValues: ['ES384', 'RS384'] },
    cookies: { keys: ['signs cookies of a benchmark'] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    routes: { authorization: '/authorize', token: '/token', jwks: '/jwk', introspection: '/introspect', userinfo: '/userinfo' },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      ClientCredentials: 300,
      Grant: 90 * DAY,
      IdToken: HOUR,
      Interaction: 600,
      RefreshToken: 90 * DAY,
      Session: 12 * HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: async () => resourceServer, useGrantedResource: async () => true },
    },
    formats: { customizers: { jwt: async (_ctx, { grantId }, { payload }) => store.recordSigned(payload, grantId) } },
  };
}
