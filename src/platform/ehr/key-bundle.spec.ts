import { vectorSiteFiles } from '../../../test/support/ehr-vectors.js';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { type KeyBundle, KeyBundleError, openKeyBundle, sealKeyBundle } from './key-bundle.js';

const PASS_PHRASE = 'correct horse battery';
const BUNDLE: KeyBundle = { site: 'default', files: vectorSiteFiles() };

describe('a key bundle', () => {
  let text: string;
  beforeAll(async () => {
    text = await sealKeyBundle(BUNDLE, PASS_PHRASE, new SeededRandom());
  });

  it('opens with its pass phrase, whatever the form of its accents', async () => {
    expect(await openKeyBundle(text, PASS_PHRASE)).toEqual(BUNDLE);
    const accented = await sealKeyBundle(BUNDLE, 'cl\u00e9 secr\u00e8te', new SeededRandom());
    expect(await openKeyBundle(accented, 'cle\u0301 secre\u0300te')).toEqual(BUNDLE);
  });

  it('shows nothing of the keys, and is another text each time', async () => {
    for (const content of BUNDLE.files.values()) expect(text).not.toContain(content.trim().split('\n').at(-2) ?? content);
    expect(await sealKeyBundle(BUNDLE, PASS_PHRASE, new SeededRandom('other'))).not.toBe(text);
  });

  const changed = (changes: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...changes });

  it.each<[string, () => string, RegExp]>([
    ['another pass phrase', () => text, /pass phrase/],
    ['a file that is cut short', () => text.slice(0, -200), /no key bundle, or is cut short/],
    ['an empty file', () => '', /no key bundle/],
    ['a foreign file', () => '{"keys":[]}', /no key bundle/],
    ['a list', () => '[1]', /no key bundle/],
    ['a later version', () => changed({ chartkeyKeyBundle: 2 }), /version/],
    ['a missing part', () => changed({ iv: undefined }), /damaged/],
    ['an altered part', () => changed({ sealed: Buffer.alloc(400).toString('base64') }), /altered/],
  ])('does not open: %s', async (what, file, reason) => {
    const opening = openKeyBundle(file(), what === 'another pass phrase' ? 'incorrect horse battery' : PASS_PHRASE);
    await expect(opening).rejects.toThrow(KeyBundleError);
    await expect(opening).rejects.toThrow(reason);
  });

  it('holds key files and nothing else', async () => {
    const files = new Map([['documents/../../evil', 'x']]);
    const other = await sealKeyBundle({ site: 'default', files }, PASS_PHRASE, new SeededRandom());
    await expect(openKeyBundle(other, PASS_PHRASE)).rejects.toThrow('something else than keys');
  });
});
