import { FixedClock } from '../../test/support/fixed-clock.js';
import { SIGN_IN_ENTITIES, type SignInServices, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { RecoveryCode } from './recovery-code.entity.js';

const [ANN, BEN] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

describe('RecoveryCodes', () => {
  let database: TestDatabase;
  let services: SignInServices;
  let clock: FixedClock;

  beforeAll(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    services = signInServices(database, database.source, clock);
  });
  afterAll(() => database.close());
  beforeEach(() => rows().clear());

  const rows = () => database.source.getRepository(RecoveryCode);
  const replace = (subject = ANN) => services.transactions.run((tx) => services.recoveryCodes.replace(tx, subject));
  const use = (code: string, subject = ANN) => services.recoveryCodes.use(subject, code);

  it('are ten, in groups of four letters that nobody mistakes, each another one', async () => {
    const codes = await replace();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
    expect(await services.recoveryCodes.countLeft(ANN)).toBe(10);
  });

  it('are kept as hashes that differ from person to person', async () => {
    const [code = ''] = await replace();
    const stored = JSON.stringify(await rows().find());
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(code.replaceAll('-', ''));
    for (const { codeHash } of await rows().find()) expect(codeHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await use(code, BEN)).toBe('wrong');
    await replace(BEN);
    expect(await use(code, BEN)).toBe('wrong');
    expect(await use(code)).toBe('accepted');
  });

  it('are good once, however they are typed', async () => {
    const [first = '', second = ''] = await replace();
    expect(await use(`  ${first.toLowerCase().replaceAll('-', ' ')}\t`)).toBe('accepted');
    expect(await use(first)).toBe('used');
    expect(await use(second.replaceAll('-', ''))).toBe('accepted');
    expect(await services.recoveryCodes.countLeft(ANN)).toBe(8);
    const used = await rows().findBy({ subject: ANN, usedAt: clock.now() });
    expect(used).toHaveLength(2);
  });

  it('are good once although twenty use one at the same time', async () => {
    const [code = ''] = await replace();
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => use(code)));
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'used')).toHaveLength(19);
    expect(await services.recoveryCodes.countLeft(ANN)).toBe(9);
  });

  it('are void when new ones are made, used or not, and nobody else’s are', async () => {
    const [used = '', unused = ''] = await replace();
    const [ofBen = ''] = await replace(BEN);
    await use(used);
    const fresh = await replace();
    expect([await use(used), await use(unused)]).toEqual(['wrong', 'wrong']);
    expect(await rows().countBy({ subject: ANN })).toBe(10);
    expect([await use(fresh[9] ?? ''), await use(ofBen, BEN)]).toEqual(['accepted', 'accepted']);
  });

  it('are void when they are removed', async () => {
    const [code = ''] = await replace();
    await services.transactions.run((tx) => services.recoveryCodes.remove(tx, ANN));
    expect(await use(code)).toBe('wrong');
  });

  it.each([
    ['', false],
    ['123456', false],
    ['ABCD-EFGH-JKLM-NPQ', false],
    ['ABCD-EFGH-JKLM-NPQ0', false], // 0 and O are none of the letters
    ['ABCD-EFGH-JKLM-NPQRS', false],
    ['ＡBCD-EFGH-JKLM-NPQR', false],
    ['A'.repeat(10_000), false],
    ['abcd efgh jklm npqr', true],
  ])('%j has the shape of one: %p', async (typed, expected) => {
    expect(services.recoveryCodes.isShaped(typed)).toBe(expected);
    expect(await use(typed)).toBe('wrong');
  });
});
