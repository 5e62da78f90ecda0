import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as oidc from 'openid-client';

const { ISSUER, FHIR_URL, CLIENT_ID, KEY_FILE = 'service-key.json' } = process.env;

const { kid, ...jwk } = JSON.parse(readFileSync(KEY_FILE, 'utf8'));
const key = await webcrypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: jwk.crv }, false, ['sign']);

/** Proves itself by an assertion that the key signs (ES384), good for a minute and for one request. */
const config = await oidc.discovery(new URL(ISSUER), CLIENT_ID, undefined, oidc.PrivateKeyJwt({ key, kid }), {
  execute: ISSUER.startsWith('http://localhost') ? [oidc.allowInsecureRequests] : [],
});

/** There is no refresh token: ask again when this one has ended, in five minutes. */
const { access_token: token } = await oidc.clientCredentialsGrant(config, { scope: 'system/Patient.rs' });

const response = await fetch(`${FHIR_URL}/Patient?_summary=count`, { headers: { authorization: `Bearer ${token}` } });
if (!response.ok) throw new Error(`The FHIR server answered ${response.status}`);
const { total } = await response.json();
console.log(`${total} patients`);
