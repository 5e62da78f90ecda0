import { verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Query = (sql: string, values: unknown[]) => Promise<Array<Record<string, unknown>>>;

/** What the EHR's API knows by itself. */
export interface EhrApiFacts {
  /** The EHR's site folder: the API reads its `documents/certificates/oapublic.key`. */
  readonly siteDir: string;
  /** IANA name of the zone in which its PHP lives. */
  readonly timeZone: string;
  readonly now: Date;
}

/** What the EHR's API would answer: who it takes the caller for, and to which patient it binds their `patient/` scopes; or the step that refuses. */
export type EhrApiVerdict =
  { accepted: true; role: 'users' | 'patient' | 'system'; patient?: string } | { accepted: false; step: 1 | 3 | 4 | 5 | 6; why: string };

const refuse = (step: 1 | 3 | 4 | 5 | 6, why: string): EhrApiVerdict => ({ accepted: false, step, why });

/**
 * Does what the EHR's API does with a bearer token, from its own tables and its own public key, and with nothing of ours: the checks of its
 * src/RestControllers/Authorization/BearerTokenAuthorizationStrategy.php, in its order. The second one is of older versions: a scope
 * that names the site.
 */
export async function askEhrApi(query: Query, token: string, { siteDir, timeZone, now }: EhrApiFacts): Promise<EhrApiVerdict> {
  const claims = readGenuine(token, readFileSync(join(siteDir, 'documents', 'certificates', 'oapublic.key'), 'utf8'));
  if (claims === null) return refuse(1, 'signature');
  const { jti, sub, aud, scopes } = claims;
  const seconds = now.getTime() / 1000; // it allows no leeway
  if (!(Number(claims['exp']) > seconds)) return refuse(1, 'expired');
  if (!(Number(claims['nbf'] ?? 0) <= seconds && Number(claims['iat']) <= seconds)) return refuse(1, 'not valid yet');
  if (typeof aud !== 'string' || typeof jti !== 'string' || typeof sub !== 'string' || !Array.isArray(scopes)) return refuse(1, 'claims');

  const revoked = await query('SELECT id FROM api_token WHERE token = ? AND revoked = 1', [jti]);
  if (revoked.length > 0) return refuse(3, 'revoked');

  const trusted = await query('SELECT session_cache FROM oauth_trusted_user WHERE client_id = ? AND user_id = ?', [aud, sub]);
  if (!trusted.some(({ session_cache: cache }) => cache !== null && cache !== '' && cache !== '0')) return refuse(4, 'logged out');

  const known = await query('SELECT expiry FROM api_token WHERE token = ? AND client_id = ? AND user_id = ?', [jti, aud, sub]);
  if (known.length !== 1) return refuse(5, 'unknown');
  if (!(String(known[0]?.['expiry']) > localText(now, timeZone))) return refuse(5, 'expired');
  const verdict = await findRole(query, sub);
  if (!verdict.accepted || verdict.role !== 'users' || !scopes.some((scope) => scope === 'launch' || scope === 'launch/patient'))
    return verdict;
  const [row] = await query('SELECT context FROM api_token WHERE token = ?', [jti]);
  const { patient } = JSON.parse((row?.['context'] ?? '{}') as string) as { patient?: unknown };
  return typeof patient === 'string' ? { ...verdict, patient } : verdict;
}

async function findRole(query: Query, subject: string): Promise<EhrApiVerdict> {
  const uuid = Buffer.from(subject.replaceAll('-', ''), 'hex');
  const staff = await query('SELECT username FROM users WHERE uuid = ?', [uuid]);
  const patients = await query('SELECT pid FROM patient_data WHERE uuid = ?', [uuid]);
  if (staff.length + patients.length !== 1) return refuse(6, 'nobody');
  if (patients.length === 1) return { accepted: true, role: 'patient' };
  if (staff[0]?.['username'] === 'oe-system') return { accepted: true, role: 'system' };
  const groups = await query('SELECT name FROM `groups` WHERE user = ?', [staff[0]?.['username']]);
  return groups.length > 0 ? { accepted: true, role: 'users' } : refuse(6, 'no group');
}

/** @returns claims of a token that the key signed by RS256; null otherwise */
function readGenuine(token: string, publicKey: string): Record<string, unknown> | null {
  const [header = '', payload = '', signature = ''] = token.split('.');
  if ((JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string }).alg !== 'RS256') return null;
  const isGenuine = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'));
  return isGenuine ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>) : null;
}

/** Wall-clock time of a zone as the EHR writes it: `YYYY-MM-DD HH:MM:SS`. */
export function localText(moment: Date, timeZone: string): string {
  return moment.toLocaleString('sv-SE', { timeZone });
}
