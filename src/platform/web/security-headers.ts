import type { Config } from '../config/config.js';

const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
  'x-dns-prefetch-control': 'off',
};

/** Headers of every answer, whatever it says. */
export function securityHeaders({ publicUrl }: Pick<Config, 'publicUrl'>): Readonly<Record<string, string>> {
  return publicUrl.protocol === 'https:' ? { ...ALWAYS, 'strict-transport-security': 'max-age=31536000' } : ALWAYS;
}
