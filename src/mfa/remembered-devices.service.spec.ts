import type { FastifyReply, FastifyRequest } from 'fastify';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { SIGN_IN_ENTITIES, type SignInServices, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { RememberedDevice } from './remembered-device.entity.js';
import { RememberedDevices } from './remembered-devices.service.js';

const [ANN, BEN] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const [MARK, LATER_MARK] = ['a'.repeat(64), 'b'.repeat(64)];
const DAYS = 30;
const COOKIE = 'chartkey_device';

/** One browser: what it was told to keep, it sends. */
class Visitor {
  cookies: Record<string, string | undefined> = {};
  userAgent = 'Browser/1.0';
  readonly reply = {
    setCookie: (name: string, value: string) => (this.cookies[name] = value),
  } as unknown as FastifyReply;

  get request(): FastifyRequest {
    return { cookies: { ...this.cookies }, headers: { 'user-agent': this.userAgent } } as unknown as FastifyRequest;
  }
}

describe('RememberedDevices', () => {
  let database: TestDatabase;
  let services: SignInServices;
  let devices: RememberedDevices;
  let clock: FixedClock;
  let visitor: Visitor;

  beforeAll(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES, { env: { CHARTKEY_MFA_REMEMBER_DAYS: String(DAYS) } });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await rows().clear();
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    services = signInServices(database, database.source, clock);
    ({ devices } = services);
    visitor = new Visitor();
  });

  const rows = () => database.source.getRepository(RememberedDevice);
  const remember = (who = visitor, subject = ANN, mark = MARK) => devices.remember(subject, mark, who.request, who.reply);
  const isKnown = (subject = ANN, mark = MARK, who = visitor) => devices.isKnown(subject, mark, who.request);

  it('are known again by their cookie, of which the database knows the hash', async () => {
    expect(await isKnown()).toBe(false);
    await remember();
    expect(await isKnown()).toBe(true);
    expect(JSON.stringify(await rows().find())).not.toContain(visitor.cookies[COOKIE]);
    expect(await isKnown(ANN, MARK, new Visitor())).toBe(false);
  });

  it('are those of one person', async () => {
    await remember();
    expect(await isKnown(BEN)).toBe(false);
  });

  it('are forgotten when the password has changed', async () => {
    await remember();
    expect(await isKnown(ANN, LATER_MARK)).toBe(false);
  });

  it('are forgotten after their days, to the second, although they are used', async () => {
    await remember();
    clock.advance(DAYS * 86_400 - 1);
    expect(await isKnown()).toBe(true);
    expect(await rows().find()).toMatchObject([{ lastUsedAt: clock.now() }]);
    expect(await devices.list(ANN)).toHaveLength(1);
    expect(await devices.deleteExpired(clock.now())).toBe(0);
    clock.advance(1);
    expect(await isKnown()).toBe(false);
    expect(await devices.list(ANN)).toEqual([]);
    expect(await devices.deleteExpired(clock.now())).toBe(1);
    expect(await rows().find()).toEqual([]);
  });

  it('are forgotten one by one, by their owner alone', async () => {
    const other = new Visitor();
    await remember();
    await remember(other);
    const [{ handle } = { handle: '' }] = await devices.list(ANN);
    expect(await devices.forget(BEN, handle)).toBe(false);
    expect(await devices.forget(ANN, 'nothing')).toBe(false);
    expect(await devices.forget(ANN, handle)).toBe(true);
    expect(await devices.forget(ANN, handle)).toBe(false);
    expect([await isKnown(), await isKnown(ANN, MARK, other)].filter(Boolean)).toHaveLength(1);
  });

  it('are forgotten all at once, and nobody else’s are', async () => {
    const other = new Visitor();
    await remember();
    await remember(other, BEN);
    await services.transactions.run((tx) => devices.forgetAll(tx, ANN));
    expect([await isKnown(), await isKnown(BEN, MARK, other)]).toEqual([false, true]);
  });

  it.each(['', 'x', 'a'.repeat(43), `${'a'.repeat(42)}!`, 'a'.repeat(10_000)])('are not known by the cookie %.20j', async (cookie) => {
    await remember();
    visitor.cookies[COOKIE] = cookie;
    expect(await isKnown()).toBe(false);
  });

  it('have a name of bounded length', async () => {
    visitor.userAgent = 'x'.repeat(10_000);
    await remember();
    expect((await rows().find())[0]?.label).toHaveLength(255);
  });

  it('are neither remembered nor known where that is not offered', async () => {
    await remember();
    const config = { ...database.config, mfa: { ...database.config.mfa, rememberDays: 0 } };
    const closed = signInServices({ ...database, config }, database.source, clock).devices;
    expect(await closed.isKnown(ANN, MARK, visitor.request)).toBe(false);
    const other = new Visitor();
    await closed.remember(ANN, MARK, other.request, other.reply);
    expect([other.cookies, await rows().count()]).toEqual([{}, 1]);
  });
});
