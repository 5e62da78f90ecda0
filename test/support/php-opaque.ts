import { createDecipheriv, createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto';

/**
 * Opens an opaque token as the EHR's PHP does, written from the format alone and apart from the code under test: `DE F5 02 00`, salt,
 * counter, text, HMAC-SHA256.
 * @throws Error when it was not sealed with this password
 */
export function openAsPhp(token: string, password: string): Record<string, unknown> {
  const bytes = Buffer.from(token, 'hex');
  const [header, salt, iv] = [bytes.subarray(0, 4), bytes.subarray(4, 36), bytes.subarray(36, 52)];
  const [text, mac] = [bytes.subarray(52, -32), bytes.subarray(-32)];
  if (header.toString('hex') !== 'def50200') throw new Error('not this version');
  const stretched = pbkdf2Sync(createHash('sha256').update(password).digest(), salt, 100_000, 32, 'sha256');
  const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', stretched, salt, `DefusePHP|V2|KeyFor${purpose}`, 32));
  const expected = createHmac('sha256', keyFor('Authentication')).update(bytes.subarray(0, -32)).digest();
  if (!expected.equals(mac)) throw new Error('integrity check failed');
  const cipher = createDecipheriv('aes-256-ctr', keyFor('Encryption'), iv);
  return JSON.parse(Buffer.concat([cipher.update(text), cipher.final()]).toString('utf8')) as Record<string, unknown>;
}
