import { findSha512CryptForm, sha512CryptSync } from './sha512-crypt.js';

/** The samples published with the scheme, those whose salt and rounds need no correction. */
const PUBLISHED: [string, string, number, string][] = [
  ['Hello world!', 'saltstringsaltst', 10_000, 'OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.'],
  [
    'This is just a test',
    'toolongsaltstrin',
    5000,
    'lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0',
  ],
  [
    'a very much longer text to encrypt.  This one even stretches over morethan one line.',
    'anotherlongsalts',
    1400,
    'POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
  ],
  [
    'we have a short salt string but not a short password',
    'short',
    77_777,
    'WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0',
  ],
  ['a short string', 'asaltof16chars..', 123_456, 'BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1'],
];

describe('sha512CryptSync', () => {
  it.each(PUBLISHED)('computes the published sample "%s"', (password, salt, rounds, digest) => {
    expect(sha512CryptSync(Buffer.from(password), salt, rounds)).toBe(digest);
  });

  it('takes an empty password and an empty salt', async () => {
    expect(sha512CryptSync(Buffer.alloc(0), 'saltsalt', 1000)).toMatch(/^[./0-9A-Za-z]{86}$/);
    expect(sha512CryptSync(Buffer.from('x'), '', 1000)).toMatch(/^[./0-9A-Za-z]{86}$/);
  });
});

describe('findSha512CryptForm', () => {
  const digest = 'a'.repeat(86);

  it('reads rounds, salt and digest', () => {
    expect(findSha512CryptForm(`$6$rounds=5000$saltsalt$${digest}`)).toEqual({ rounds: 5000, salt: 'saltsalt', digest });
  });

  it.each([
    `$6$saltsalt$${digest}`,
    `$6$rounds=999$saltsalt$${digest}`,
    `$6$rounds=5000$saltsaltsaltsalt1$${digest}`,
    `$6$rounds=5000$saltsalt$${digest}a`,
    `$6$rounds=99999999999$saltsalt$${digest}`,
    '$6$rounds=',
  ])('refuses %s', (stored) => {
    expect(findSha512CryptForm(stored)).toBeNull();
  });
});
