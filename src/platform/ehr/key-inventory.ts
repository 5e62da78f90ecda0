import { findBlobVersion, KEY_LABELS, keyLabels } from './crypto-gen.js';
import { EhrCryptoError } from './ehr-crypto.error.js';
import type { EhrKeyRing, KeySource } from './key-ring.js';

/** How one key of a site stands. Never the key. */
export interface KeyEntry {
  /** Such as `sevena`. */
  readonly label: string;
  readonly place: KeySource;
  readonly state: 'present' | 'missing' | 'broken';
  /** Something that is stored was sealed with it. */
  readonly isNeeded: boolean;
  /** Why it is missing or broken, and where it was looked for; null when it is present. */
  readonly problem: string | null;
}

/**
 * Lists the keys that a site has or needs.
 * @param columns of the database that are sealed with keys of the drive
 * @param driveFiles label -> content; those of later versions are sealed with keys of the database
 * @returns oldest first, those of the drive before those of the database
 */
export function listKeys(ring: EhrKeyRing, columns: Iterable<string>, driveFiles: ReadonlyMap<string, string>): KeyEntry[] {
  const onDrive = labelsOf(columns);
  const neededFiles = [...driveFiles].filter(([label]) => onDrive.has(label)).map(([, content]) => content.trim());
  const inDatabase = labelsOf(neededFiles);
  return [...entries(ring, 'drive', onDrive), ...entries(ring, 'database', inDatabase)];
}

function entries(ring: EhrKeyRing, place: KeySource, needed: ReadonlySet<string>): KeyEntry[] {
  return KEY_LABELS.filter((label) => place === 'drive' || !isDriveOnly(label))
    .map((label) => entry(ring, place, label, needed.has(label)))
    .filter(({ state, isNeeded }) => state !== 'missing' || isNeeded);
}

function entry(ring: EhrKeyRing, place: KeySource, label: string, isNeeded: boolean): KeyEntry {
  try {
    ring.getKey(place, label);
    return { label, place, state: 'present', isNeeded, problem: null };
  } catch (error) {
    if (!(error instanceof EhrCryptoError)) throw error;
    const isThere = ring.hasKey(place, label);
    return { label, place, state: isThere ? 'broken' : 'missing', isNeeded, problem: error.message };
  }
}

/** Plain texts, and what is empty, need no key. */
function labelsOf(sealed: Iterable<string>): Set<string> {
  const labels = new Set<string>();
  for (const text of sealed) {
    const version = findBlobVersion(text);
    if (version === null) continue;
    const { encryption, authentication } = keyLabels(version);
    for (const label of [encryption, authentication]) if (label !== null) labels.add(label);
  }
  return labels;
}

function isDriveOnly(label: string): boolean {
  return label === 'one' || label.startsWith('two');
}
