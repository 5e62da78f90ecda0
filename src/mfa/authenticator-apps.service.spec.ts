import { type Secret, TOTP } from 'otpauth';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { SIGN_IN_ENTITIES, type SignInServices, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import type { EnrolmentVerdict } from './authenticator-apps.service.js';
import type { Holder } from './holder.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { PatientTotp } from './patient-totp.entity.js';
import { TotpEnrolment } from './totp-enrolment.entity.js';

const STAFF: Holder = { subject: '11111111-1111-4111-8111-111111111111', userId: 2 };
const PATIENT: Holder = { subject: '22222222-2222-4222-8222-222222222222', userId: null };
const HALF_AN_HOUR = 1800;

type Proven = EnrolmentVerdict & { outcome: 'proven' };

describe('AuthenticatorApps', () => {
  let database: TestDatabase;
  let services: SignInServices;
  let clock: FixedClock;

  beforeAll(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await registrations().delete({ userId: 2 });
    for (const entity of [PatientTotp, TotpEnrolment]) await database.source.getRepository(entity).clear();
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    services = signInServices(database, database.source, clock);
  });

  const registrations = () => database.source.getRepository(MfaRegistration);
  const codeOf = (secret: Secret, seconds = 0) => TOTP.generate({ secret, timestamp: clock.now().getTime() + seconds * 1000 });
  const prove = async (holder: Holder): Promise<Proven> => {
    const verdict = await services.apps.check(holder, codeOf(await services.apps.begin(holder)));
    if (verdict.outcome !== 'proven') throw new Error(`the code is ${verdict.outcome}`);
    return verdict;
  };
  const enrol = (holder: Holder, proven: Proven) => services.transactions.run((tx) => services.apps.enrol(tx, holder, proven));

  it.each([
    ['staff', STAFF],
    ['a patient', PATIENT],
  ])('have one secret for every page that %s opens, sealed', async (_, holder) => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => services.apps.begin(holder)));
    expect(new Set(secrets.map(({ base32 }) => base32)).size).toBe(1);
    const [row, ...more] = await database.source.getRepository(TotpEnrolment).find();
    expect(more).toEqual([]);
    expect(row?.secret).not.toContain(secrets[0]?.base32);
  });

  it.each([
    ['staff', STAFF],
    ['a patient', PATIENT],
  ])('are enrolled once when twenty pages of %s send the code', async (_, holder) => {
    const proven = await prove(holder);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => enrol(holder, proven)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await services.apps.has(holder)).toBe(true);
    expect(await services.apps.check(holder, '123456')).toEqual({ outcome: 'gone' });
  });

  it.each([
    ['staff', STAFF],
    ['a patient', PATIENT],
  ])('of %s take the code of the enrolment no second time, and the next one', async (_, holder) => {
    const secret = await services.apps.begin(holder);
    await enrol(holder, await prove(holder));
    expect(await services.mfa.verify(holder, codeOf(secret))).toMatchObject({ verdict: 'used' });
    clock.advance(30);
    expect(await services.mfa.verify(holder, codeOf(secret))).toMatchObject({ verdict: 'accepted' });
  });

  it('are not set up over one that is there, which stays as it is', async () => {
    await enrol(STAFF, await prove(STAFF));
    const before = await registrations().findBy({ userId: 2 });
    const second = await prove(STAFF);
    expect(await enrol(STAFF, second)).toBe(false);
    expect(await registrations().findBy({ userId: 2 })).toEqual(before);
  });

  it('are not enrolled with the code of a key that was replaced meanwhile', async () => {
    const stale = await prove(STAFF);
    clock.advance(HALF_AN_HOUR);
    await services.apps.begin(STAFF);
    expect(await enrol(STAFF, stale)).toBe(false);
    expect(await services.apps.has(STAFF)).toBe(false);
  });

  it('wait half an hour for their first code', async () => {
    const secret = await services.apps.begin(STAFF);
    clock.advance(HALF_AN_HOUR - 1);
    expect(await services.apps.check(STAFF, codeOf(secret))).toMatchObject({ outcome: 'proven' });
    expect(await services.apps.deleteExpired(clock.now())).toBe(0);
    clock.advance(1);
    expect(await services.apps.check(STAFF, codeOf(secret))).toEqual({ outcome: 'gone' });
    expect((await services.apps.begin(STAFF)).base32).not.toBe(secret.base32);
    clock.advance(HALF_AN_HOUR);
    expect(await services.apps.deleteExpired(clock.now())).toBe(1);
  });

  it('tell a clock that is wrong from a code that is', async () => {
    const secret = await services.apps.begin(STAFF);
    expect(await services.apps.check(STAFF, codeOf(secret, 30))).toMatchObject({ outcome: 'proven', drift: 1 });
    expect(await services.apps.check(STAFF, codeOf(secret, 300))).toEqual({ outcome: 'wrong', clockError: 300 });
    expect(await services.apps.check(STAFF, 'abcdef')).toEqual({ outcome: 'wrong', clockError: null });
  });
});
