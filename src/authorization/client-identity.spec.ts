import { isIdentityAssured } from './client-identity.js';

describe('isIdentityAssured', () => {
  it.each([
    ['https://app.example/callback', true],
    ['http://127.0.0.1:4000/callback', false],
    ['http://localhost/callback', false],
    ['com.example.app:/callback', false],
    ['httpsx://app.example', false],
  ])('of a public client at %s: %s', (redirectUri, assured) => {
    expect(isIdentityAssured({ isConfidential: false }, redirectUri)).toBe(assured);
  });

  it('of a confidential client anywhere: it must prove itself for the token', () => {
    expect(isIdentityAssured({ isConfidential: true }, 'com.example.app:/callback')).toBe(true);
  });
});
