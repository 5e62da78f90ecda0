import { findBlobVersion } from './crypto-gen.js';
import { EhrCryptoError } from './ehr-crypto.error.js';
import type { SecretBox } from './secret-box.js';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Opens a launch token as the EHR's pages make it: encrypted with its drive keys, whatever its setting for columns says, and encoded once more.
 * @param token parameter `launch`, decoded
 * @returns the JSON text in it; null for anything that the EHR did not make
 * @throws EhrCryptoError when a key is missing
 * @see the EHR's src/FHIR/SMART/SMARTLaunchToken.php
 */
export function openLaunchToken(secretBox: SecretBox, token: string): string | null {
  const standard = token.replaceAll('-', '+').replaceAll('_', '/');
  const blob = BASE64.test(standard) ? Buffer.from(standard, 'base64').toString('latin1') : '';
  if (findBlobVersion(blob) === null) return null; // plain text would be anybody's
  try {
    return secretBox.open(blob);
  } catch (error) {
    if (error instanceof EhrCryptoError && error.code !== 'missing-key') return null;
    throw error;
  }
}
