import { FixedClock } from '../../test/support/fixed-clock.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Metrics } from '../platform/metrics/metrics.service.js';
import { SignInRecord } from './sign-in-record.entity.js';
import { type SignInAttempt, SignInHistory } from './sign-in-history.service.js';

const ANN = '11111111-1111-4111-8111-111111111111';
const BEN = '22222222-2222-4222-8222-222222222222';
const ATTEMPT: SignInAttempt = {
  ...{ subject: ANN, outcome: 'signed-in', amr: ['pwd'], clientId: null },
  ...{ address: '192.0.2.7', userAgent: 'Browser/1.0' },
};

describe('SignInHistory', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let history: SignInHistory;
  const stored = () => database.source.getRepository(SignInRecord);

  beforeAll(async () => {
    database = await openTestDatabase([SignInRecord], { env: { CHARTKEY_SIGN_IN_HISTORY_DAYS: '10' } });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await stored().clear();
    clock = FixedClock.at('2026-01-01T12:00:00Z');
    history = new SignInHistory(stored(), new SeededRandom(), clock, database.config, new Metrics());
  });

  const note = async (attempt: Partial<SignInAttempt>, seconds = 1): Promise<void> => {
    await history.note({ ...ATTEMPT, ...attempt });
    clock.advance(seconds);
  };
  const outcomes = async (take = 50): Promise<string[]> => (await history.latest(ANN, take)).map(({ outcome }) => outcome);

  it('shows a person their own, the latest first, and no more than asked for', async () => {
    await note({});
    await note({ subject: BEN, outcome: 'locked' });
    await note({ outcome: 'wrong-password' });
    await note({ outcome: 'refused', clientId: 'client-1' });
    expect(await outcomes()).toEqual(['refused', 'wrong-password', 'signed-in']);
    expect(await outcomes(2)).toEqual(['refused', 'wrong-password']);
  });

  it('shows a password without its second factor only where nobody finished the sign-in', async () => {
    await note({ outcome: 'half-way', userAgent: 'Elsewhere/1.0' });
    await note({ outcome: 'half-way' });
    await note({ outcome: 'wrong-factor' });
    await note({ amr: ['pwd', 'otp', 'mfa'] });
    await note({ outcome: 'half-way' });
    expect(await outcomes()).toEqual(['half-way', 'signed-in', 'wrong-factor', 'half-way']);
  });

  it('cuts what a stranger sends, and keeps control characters out', async () => {
    await note({ userAgent: `a\u0000\u001b[31m${'b'.repeat(300)}`, address: 'f'.repeat(100) });
    await note({ userAgent: ' ', address: '' });
    const [empty, long] = await history.latest(ANN, 2);
    expect(long).toMatchObject({ userAgent: `a [31m${'b'.repeat(249)}`, address: 'f'.repeat(64) });
    expect(empty).toMatchObject({ userAgent: null, address: null });
  });

  it('forgets after the days of the setting', async () => {
    for (let n = 0; n < 3; n += 1) await note({}, 86_400);
    clock.advance(8 * 86_400);
    expect(await history.deleteExpired(clock.now())).toBe(2);
    expect(await outcomes()).toEqual(['signed-in']);
  });

  it('notes nothing where the setting is 0', async () => {
    const silent = new SignInHistory(stored(), new SeededRandom(), clock, { ...database.config, signInHistoryDays: 0 }, new Metrics());
    await silent.note(ATTEMPT);
    expect(await stored().count()).toBe(0);
  });
});
