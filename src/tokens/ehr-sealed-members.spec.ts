import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { isEhrOpaqueToken } from './ehr-sealed-members.js';

const { token = '' } = EHR_VECTORS.opaque_tokens.find(({ kind }) => kind === 'refresh_token') ?? {};

describe('isEhrOpaqueToken', () => {
  it.each(EHR_VECTORS.opaque_tokens.map((vector) => [vector.kind, vector.token]))('knows the form of: %s', (_kind, text) => {
    expect(isEhrOpaqueToken(text)).toBe(true);
  });

  it.each([
    ['a refresh token of ours', 'g0Zk1uVh0R2mYkzqg1wJx1cJX7mX0v5o8m3jqk1s0dYbTqzPzr6cWA'],
    ['one of ours that happens to begin alike', `def50200${'a'.repeat(46)}`],
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
    ['another version of the seal', `def50100${'a'.repeat(800)}`],
    ['what is too short to hold an identifier', token.slice(0, 400)],
    ['half a byte', token.slice(0, -1)],
    ['more than a parameter may carry', `def50200${'a'.repeat(32_762)}`],
    ['capitals', token.toUpperCase()],
    ['white space around it', ` ${token}`],
    ['nothing', ''],
  ])('does not take for it: %s', (_name, text) => {
    expect(isEhrOpaqueToken(text)).toBe(false);
  });
});
