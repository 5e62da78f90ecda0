import { SentParameters } from '../parameters/form.js';
import { checkCodeChallenge, checkCodeVerifier } from './code-challenge.js';
import { SentRequest } from './sent-request.js';

// The pair printed in RFC 7636 appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const publicClient = { isConfidential: false };
const confidentialClient = { isConfidential: true };
const lenient = { pkceForConfidentialClients: false };
const strict = { pkceForConfidentialClients: true };
const request = (...sent: [string, string][]): SentRequest => new SentRequest(new SentParameters(sent));
const refusal = (code: string, description: RegExp): Error =>
  expect.objectContaining({ code, description: expect.stringMatching(description) }) as Error;

describe('checkCodeChallenge', () => {
  const s256 = request(['code_challenge', challenge], ['code_challenge_method', 'S256']);

  it.each([
    ['public, lenient policy', publicClient, lenient],
    ['public, strict policy', publicClient, strict],
    ['confidential, lenient policy', confidentialClient, lenient],
    ['confidential, strict policy', confidentialClient, strict],
  ])('takes an S256 challenge: %s', (_what, client, policy) => {
    expect(checkCodeChallenge(s256, client, policy)).toBe(challenge);
  });

  it('needs none of a confidential client, unless the policy says so', () => {
    expect(checkCodeChallenge(request(), confidentialClient, lenient)).toBeNull();
    expect(checkCodeChallenge(request(['code_challenge', '']), confidentialClient, lenient)).toBeNull();
  });

  it.each([
    ['a public client', publicClient, lenient],
    ['a public client, strict policy', publicClient, strict],
    ['a confidential client, strict policy', confidentialClient, strict],
  ])('is required of %s (RFC 7636 §4.4.1)', (_what, client, policy) => {
    expect(() => checkCodeChallenge(request(), client, policy)).toThrow(refusal('invalid_request', /^code_challenge is required$/));
    expect(() => checkCodeChallenge(request(['code_challenge', '']), client, policy)).toThrow(refusal('invalid_request', /is required$/));
  });

  it.each<[string, [string, string][], RegExp]>([
    [
      'plain',
      [
        ['code_challenge', verifier],
        ['code_challenge_method', 'plain'],
      ],
      /must be S256$/,
    ],
    ['plain by leaving the method out', [['code_challenge', challenge]], /left out, it means plain/],
    [
      'plain by an empty method',
      [
        ['code_challenge', challenge],
        ['code_challenge_method', ''],
      ],
      /left out, it means plain/,
    ],
    [
      'another case of the method',
      [
        ['code_challenge', challenge],
        ['code_challenge_method', 's256'],
      ],
      /must be S256$/,
    ],
    [
      'another method',
      [
        ['code_challenge', challenge],
        ['code_challenge_method', 'S512'],
      ],
      /must be S256$/,
    ],
    ['a method alone', [['code_challenge_method', 'S256']], /^code_challenge is missing/],
    ['plain alone', [['code_challenge_method', 'plain']], /must be S256$/],
    [
      'a repeated challenge',
      [
        ['code_challenge', challenge],
        ['code_challenge', challenge],
      ],
      /^code_challenge was sent more than once/,
    ],
    [
      'a repeated method',
      [
        ['code_challenge', challenge],
        ['code_challenge_method', 'S256'],
        ['code_challenge_method', 'plain'],
      ],
      /^code_challenge_method was sent/,
    ],
    [
      '42 characters',
      [
        ['code_challenge', challenge.slice(1)],
        ['code_challenge_method', 'S256'],
      ],
      /43 characters/,
    ],
    [
      '44 characters',
      [
        ['code_challenge', `${challenge}A`],
        ['code_challenge_method', 'S256'],
      ],
      /43 characters/,
    ],
    [
      'padding',
      [
        ['code_challenge', `${challenge}=`],
        ['code_challenge_method', 'S256'],
      ],
      /43 characters/,
    ],
    [
      'the alphabet of base64',
      [
        ['code_challenge', challenge.replace('-', '+')],
        ['code_challenge_method', 'S256'],
      ],
      /43 characters/,
    ],
    [
      'a line break at the end',
      [
        ['code_challenge', `${challenge}\n`],
        ['code_challenge_method', 'S256'],
      ],
      /43 characters/,
    ],
  ])('refuses %s, of whatever client', (_what, sent, description) => {
    for (const client of [publicClient, confidentialClient]) {
      expect(() => checkCodeChallenge(request(...sent), client, lenient)).toThrow(refusal('invalid_request', description));
    }
  });
});

describe('checkCodeVerifier', () => {
  it('accepts the pair of RFC 7636 appendix B', () => {
    expect(() => checkCodeVerifier(verifier, challenge)).not.toThrow();
  });

  it.each<[string, string, string]>([
    ['the shortest', 'a'.repeat(43), 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA'],
    ['the longest', 'a'.repeat(128), 'aDbPE7rEAOkQUHHNavRwhN-srU5eMCyUv-0k4BOvtz4'],
    ['every kind of character', 'ABCXYZabcxyz0189-._~ABCXYZabcxyz0189-._~ABCXYZ', 'DSwpVeYoNFn6YwAqeFXwegK4M6KQpP2v23FXn47EzTE'],
  ])('accepts %s verifier', (_what, text, hash) => {
    expect(() => checkCodeVerifier(text, hash)).not.toThrow();
  });

  it('accepts none where there was no challenge', () => {
    expect(() => checkCodeVerifier(undefined, null)).not.toThrow();
  });

  it('refuses one where there was no challenge: somebody may have taken it away (RFC 9700 §4.8.2)', () => {
    expect(() => checkCodeVerifier(verifier, null)).toThrow(refusal('invalid_request', /had no code_challenge$/));
  });

  it('refuses none where there was a challenge', () => {
    expect(() => checkCodeVerifier(undefined, challenge)).toThrow(refusal('invalid_request', /^code_verifier is missing$/));
  });

  it.each<[string, string]>([
    ['too short', 'a'.repeat(42)],
    ['too long', 'a'.repeat(129)],
    ['empty', ''],
    ['a blank', `${'a'.repeat(43)} `],
    ['a plus sign', `${'a'.repeat(43)}+`],
    ['padding', `${'a'.repeat(43)}=`],
    ['a letter beyond ASCII', `${'a'.repeat(43)}é`],
    ['a line break', `${'a'.repeat(43)}\n`],
  ])('refuses a verifier that cannot be one: %s (RFC 7636 §4.1)', (_what, text) => {
    expect(() => checkCodeVerifier(text, challenge)).toThrow(refusal('invalid_request', /43 to 128 characters/));
  });

  it.each<[string, string, string]>([
    ['another verifier', verifier.replace('d', 'e'), challenge],
    ['the challenge itself', challenge, challenge],
    ['another challenge', verifier, challenge.replace('E', 'F')],
    ['a last character with the same leading bits', verifier, `${challenge.slice(0, -1)}N`],
    ['a stored challenge of another length', verifier, challenge.slice(1)],
    ['a stored challenge that was plain', verifier, verifier],
  ])('refuses %s (RFC 7636 §4.6)', (_what, text, stored) => {
    expect(() => checkCodeVerifier(text, stored)).toThrow(refusal('invalid_grant', /^code_verifier does not match the code_challenge$/));
  });
});
