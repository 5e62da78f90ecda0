import { EHR_VECTORS, vectorKeyRing } from '../../../test/support/ehr-vectors.js';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { listKeys } from './key-inventory.js';

const random = new SeededRandom();
const files = new Map(Object.entries(EHR_VECTORS.keys.drive_files));
const CURRENT = Object.values(EHR_VECTORS.oauth_keys.keys_table);
const OLD = EHR_VECTORS.cryptogen.valid.filter(({ version }) => version <= 3).map(({ ciphertext }) => ciphertext);

describe('listKeys', () => {
  it('lists what is there, and says what of it is needed', () => {
    const keys = listKeys(vectorKeyRing(random), CURRENT, files);
    expect(keys.filter(({ state }) => state !== 'present')).toEqual([]);
    expect(keys.filter(({ isNeeded }) => isNeeded).map(({ label, place }) => `${place}/${label}`)).toEqual([
      'drive/sevena',
      'drive/sevenb',
      'database/sevena',
      'database/sevenb',
    ]);
  });

  it('names a key that is missing, and where it was looked for', () => {
    const keys = listKeys(vectorKeyRing(random, { files: ['twob'] }), [...CURRENT, ...OLD, 'plain text', ''], files);
    expect(keys.find(({ label }) => label === 'twob')).toEqual({
      label: 'twob',
      place: 'drive',
      state: 'missing',
      isNeeded: true,
      problem: 'key twob of the folder /site/methods is missing',
    });
  });

  it('leaves out what is neither there nor needed', () => {
    const keys = listKeys(vectorKeyRing(random, { files: ['one', 'twoa', 'twob'] }), CURRENT, files);
    expect(keys.map(({ label }) => label)).not.toContain('one');
  });

  it('calls a file broken that lacks the key it was sealed with', () => {
    const keys = listKeys(vectorKeyRing(random, { rows: ['sevenb'] }), CURRENT, files);
    expect(keys.filter(({ state }) => state !== 'present').map(({ place, label, state }) => [place, label, state])).toEqual([
      ['drive', 'sevena', 'broken'],
      ['drive', 'sevenb', 'broken'],
      ['database', 'sevenb', 'missing'],
    ]);
  });

  it('shows no key', () => {
    const text = JSON.stringify(listKeys(vectorKeyRing(random, { files: ['sixa'] }), CURRENT, files));
    for (const content of files.values()) expect(text).not.toContain(content.trim());
  });
});
