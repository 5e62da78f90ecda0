import { FixedClock } from '../../test/support/fixed-clock.js';
import { SIGN_IN_ENTITIES, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { WebauthnChallenge } from './webauthn-challenge.entity.js';
import type { WebauthnChallenges } from './webauthn-challenges.js';

const LIFETIME = 600;

describe('WebauthnChallenges', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let challenges: WebauthnChallenges;

  beforeAll(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    ({ challenges } = signInServices(database, database.source, clock));
  });
  afterAll(() => database.close());
  beforeEach(() => rows().clear());

  const rows = () => database.source.getRepository(WebauthnChallenge);

  it('are long, each another one, and kept as hashes', async () => {
    const [one, other] = [await challenges.issue('sign-in'), await challenges.issue('sign-in')];
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    expect(one).not.toBe(other);
    expect(JSON.stringify(await rows().find())).not.toContain(one);
  });

  it('are good once', async () => {
    const challenge = await challenges.issue('sign-in');
    expect([await challenges.take(challenge, 'sign-in'), await challenges.take(challenge, 'sign-in')]).toEqual([true, false]);
  });

  it('are good once although twenty take one at the same time', async () => {
    const challenge = await challenges.issue('sign-in');
    const taken = await Promise.all(Array.from({ length: 20 }, () => challenges.take(challenge, 'sign-in')));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('serve the purpose that they were issued for, to the letter', async () => {
    const challenge = await challenges.issue('mfa A');
    for (const purpose of ['mfa B', 'mfa a', 'mfa A ', ''])
      expect([purpose, await challenges.take(challenge, purpose)]).toEqual([purpose, false]);
    expect(await challenges.take(challenge, 'mfa A')).toBe(true);
  });

  it('are good for ten minutes', async () => {
    const [early, late] = [await challenges.issue('sign-in'), await challenges.issue('sign-in')];
    clock.advance(LIFETIME - 1);
    expect(await challenges.take(early, 'sign-in')).toBe(true);
    expect(await challenges.deleteExpired(clock.now())).toBe(0);
    clock.advance(1);
    expect(await challenges.take(late, 'sign-in')).toBe(false);
    expect(await challenges.deleteExpired(clock.now())).toBe(1);
    expect(await rows().count()).toBe(0);
  });

  it.each(['', 'never issued', 'x'.repeat(10_000)])('are not %.20j', async (challenge) => {
    expect(await challenges.take(challenge, 'sign-in')).toBe(false);
  });
});
