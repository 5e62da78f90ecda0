/** What is the same for every server under test: an app, a person, a back-end service and its key. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

export const CALLBACK = 'https://app.example/callback';
export const APP_SCOPE = 'openid profile email offline_access';
export const SERVICE_SCOPE = 'system/Patient.rs';
/** What is typed into the sign-in page, each field by its name there. */
export const PHYSICIAN = { username: 'clinician', password: 'Clinic#Demo1', user_role: 'users' };

/** A key pair of a program: `{ jwk, assertion }`; `assertion(clientId, audience)` is a new one, by ES384. */
export function makeServiceKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'ES384', typ: 'JWT', kid: 'bench' });
  const assertion = (clientId, audience) => {
    const exp = Math.floor(Date.now() / 1000) + 240;
    const input = `${header}.${encode({ iss: clientId, sub: clientId, aud: audience, exp, jti: randomUUID() })}`;
    return `${input}.${sign('sha384', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES384' }, assertion };
}
