import { FixedClock } from '../../test/support/fixed-clock.js';
import { SIGN_IN_ENTITIES, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { Passkey } from './passkey.entity.js';
import { U2fKeys } from './u2f-keys.js';

const CLINICIAN = 2;
const POINT = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64');
const registration = (counter: number, keyHandle = 'handle'): string =>
  `{"keyHandle":"${keyHandle}","publicKey":"${POINT}","certificate":"MIIB\\/g==","counter":${counter}}`;

/** @see WebAuthn Level 3 §6.1.1 */
describe('Counters of keys', () => {
  let database: TestDatabase;
  let keys: U2fKeys;

  beforeAll(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    keys = new U2fKeys(database.source.getRepository(MfaRegistration));
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await rows().delete({ userId: CLINICIAN });
    await database.source.getRepository(Passkey).clear();
  });

  const rows = () => database.source.getRepository(MfaRegistration);
  const insert = (data: string, label = 'Key') => rows().insert({ userId: CLINICIAN, label, method: 'U2F', data, spare: '' });
  const only = async () => (await keys.list(CLINICIAN))[0]!;
  const stored = async () => (await rows().findOneByOrFail({ userId: CLINICIAN })).data;

  describe('of the EHR', () => {
    it.each([
      [-1, 0, true],
      [-1, 1, true],
      [0, 0, false],
      [0, 1, true],
      [9, 8, false],
      [9, 9, false],
      [9, 10, true],
      [9, 4_294_967_295, true],
    ])('go up from %i to %i: %p', async (before, after, expected) => {
      await insert(registration(before));
      expect(await keys.noteUse(await only(), after)).toBe(expected);
      expect(await stored()).toBe(registration(expected ? after : before));
    });

    it('go up once although twenty answers come at the same time', async () => {
      await insert(registration(1));
      const key = await only();
      const noted = await Promise.all(Array.from({ length: 20 }, () => keys.noteUse(key, 2)));
      expect(noted.filter(Boolean)).toHaveLength(1);
      expect(await stored()).toBe(registration(2));
    });

    it('do not follow a key that the EHR has used meanwhile', async () => {
      await insert(registration(1));
      const key = await only();
      await rows().update({ userId: CLINICIAN }, { data: registration(5) });
      expect(await keys.noteUse(key, 3)).toBe(false);
      expect(await stored()).toBe(registration(5));
    });

    it('are read of keys alone that can be read, and of no patient', async () => {
      await insert(registration(1, 'first'), 'A');
      await insert('{"keyHandle":"x"}', 'B');
      await insert('no JSON', 'C');
      await insert(registration(2, 'second'), 'D');
      expect((await keys.list(CLINICIAN)).map(({ keyHandle }) => keyHandle)).toEqual(['first', 'second']);
      expect(await keys.list(null)).toEqual([]);
      expect(await keys.list(1)).toEqual([]);
    });
  });

  describe('of passkeys', () => {
    const passkeys = () => signInServices(database, database.source, FixedClock.at('2026-03-01T12:00:00Z')).passkeys;
    const keep = async (counter: number): Promise<Passkey> => {
      const passkey: Passkey = {
        ...{ id: 'a'.repeat(64), credentialId: 'id', subject: 's', role: 'users', label: '', publicKey: 'k', counter },
        ...{ transports: [], isSynced: false, createdAt: new Date(0), lastUsedAt: null },
      };
      await database.source.getRepository(Passkey).insert(passkey);
      return passkey;
    };

    it.each([
      [0, 0, true], // a key that does not count
      [0, 1, true],
      [5, 6, true],
      [5, 5, false],
      [5, 4, false],
      [5, 0, false],
    ])('go up from %i to %i: %p', async (before, after, expected) => {
      const passkey = await keep(before);
      expect(await passkeys().noteUse(passkey, after)).toBe(expected);
      const [row] = await database.source.getRepository(Passkey).find();
      expect([row?.counter, row?.lastUsedAt !== null]).toEqual([expected ? after : before, expected]);
    });

    it('go up once although twenty answers come at the same time', async () => {
      const [passkey, service] = [await keep(1), passkeys()];
      const noted = await Promise.all(Array.from({ length: 20 }, () => service.noteUse(passkey, 2)));
      expect(noted.filter(Boolean)).toHaveLength(1);
    });
  });
});
