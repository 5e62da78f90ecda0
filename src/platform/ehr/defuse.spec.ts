import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import { findOpaqueTokenText, sealOpaqueToken } from './defuse.js';

const random = new SystemRandom();
const sample = EHR_VECTORS.opaque_tokens[0] ?? { token: '', password: '' };

describe('findOpaqueTokenText', () => {
  it('opens the codes and refresh tokens of the EHR, and not the altered one', async () => {
    const tokens = EHR_VECTORS.opaque_tokens;
    const opened = await Promise.all(tokens.map(({ token, password }) => findOpaqueTokenText(token, password)));
    expect(opened).toEqual(tokens.map(({ payload, decrypts }) => (decrypts === false ? null : payload)));
    expect(tokens.map(({ kind }) => kind)).toEqual(['authorization_code', 'refresh_token', 'refresh_token, one hex digit changed']);
    expect(opened.filter((text) => text === null)).toHaveLength(1);
  });

  it('does not open with another password, nor with the bytes that the password encodes', async () => {
    expect(await findOpaqueTokenText(sample.token, 'other')).toBeNull();
    expect(await findOpaqueTokenText(sample.token, Buffer.from(sample.password, 'base64').toString('latin1'))).toBeNull();
  });

  it.each([
    '',
    'def50200',
    'def50200zz',
    `def50200${'0'.repeat(159)}`,
    `def50200${'0'.repeat(158)}`,
    `def50300${'0'.repeat(200)}`,
    sample.token.toUpperCase(),
    `${sample.token}0`,
    `${sample.token}\n`,
    `def50200${'0'.repeat(70_000)}`,
    'eyJhbGciOiJSUzI1NiJ9.e30.x',
  ])('answers null for what cannot be a token (%#)', async (token) => {
    expect(await findOpaqueTokenText(token, sample.password)).toBeNull();
  });

  it('notices a change of any part', async () => {
    const token = await sealOpaqueToken('{}', 'password', random);
    for (const at of [10, 80, 110, token.length - 1]) {
      const changed = token.slice(0, at) + (token[at] === '0' ? '1' : '0') + token.slice(at + 1);
      expect(await findOpaqueTokenText(changed, 'password')).toBeNull();
    }
  });
});

describe('sealOpaqueToken', () => {
  it.each(['', '{"scopes":["openid"]}', 'Zażółć'])('seals %p so that it opens again', async (text) => {
    const token = await sealOpaqueToken(text, 'password', random);
    expect(token).toMatch(/^def50200[0-9a-f]+$/);
    expect(token).toHaveLength((4 + 32 + 16 + 32 + Buffer.byteLength(text)) * 2);
    expect(await findOpaqueTokenText(token, 'password')).toBe(text);
  });

  it('leaves the event loop free meanwhile', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await Promise.all([1, 2, 3].map(() => sealOpaqueToken('{}', 'password', random)));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});
