import { EHR_VECTORS, vectorKeyRing } from '../../../test/support/ehr-vectors.js';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { openLaunchToken } from './launch-token.js';
import { SecretBox } from './secret-box.js';

describe('openLaunchToken', () => {
  const box = new SecretBox(vectorKeyRing(new SeededRandom()), { databaseEncryption: false });

  it.each(EHR_VECTORS.launch_tokens)('opens what the EHR made: %#', ({ launch, context }) => {
    expect(JSON.parse(openLaunchToken(box, launch) ?? '')).toEqual(context);
    const urlSafe = Buffer.from(launch, 'base64').toString('base64url');
    expect(openLaunchToken(box, urlSafe)).toBe(openLaunchToken(box, launch));
  });

  it.each([
    ['nothing', ''],
    ['no base64', '{"p":1}'],
    ['plain text in base64', Buffer.from('{"p":"9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8c"}').toString('base64')],
    ['a version without a body', Buffer.from('007').toString('base64')],
    ['another version that nobody has', Buffer.from('999abc').toString('base64')],
  ])('opens nothing else: %s', (_what, token) => {
    expect(openLaunchToken(box, token)).toBeNull();
  });

  it('opens nothing that was changed', () => {
    const blob = Buffer.from(EHR_VECTORS.launch_tokens[0]?.launch ?? '', 'base64').toString('latin1');
    const changed = blob.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(openLaunchToken(box, Buffer.from(changed, 'latin1').toString('base64'))).toBeNull();
  });
});
