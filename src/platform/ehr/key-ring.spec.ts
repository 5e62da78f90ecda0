import { EHR_VECTORS, vectorKeyRing } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import { EhrKeyRing, type KeySource } from './key-ring.js';

const random = new SystemRandom();

describe('getKey', () => {
  it('gives the raw keys of the vectors, opening the sealed key files', () => {
    const ring = vectorKeyRing(random);
    const { database_raw_hex: database, drive_raw_hex: drive } = EHR_VECTORS.keys;
    const read = (source: KeySource, keys: Record<string, string>): Record<string, string> =>
      Object.fromEntries(Object.keys(keys).map((label) => [label, ring.getKey(source, label).toString('hex')]));
    expect(read('database', database)).toEqual(database);
    expect(read('drive', drive)).toEqual(drive);
    expect(Object.keys(database)).toHaveLength(8);
    expect(Object.keys(drive)).toHaveLength(11);
  });

  it('looks for keys of the first formats on the drive whatever the source', () => {
    expect(vectorKeyRing(random).getKey('database', 'twoa').toString('hex')).toBe(EHR_VECTORS.keys.drive_raw_hex['twoa']);
  });

  it('opens a sealed key file only when it is asked for', () => {
    const ring = vectorKeyRing(random, { rows: ['sevena'] });
    expect(ring.getKey('drive', 'sixa')).toHaveLength(32);
    expect(() => ring.getKey('drive', 'sevenb')).toThrow(
      expect.objectContaining({
        code: 'missing-key',
        message: 'key sevenb of the folder /site/methods does not open: key sevena of the table keys is missing',
      }),
    );
  });

  it.each<[string, KeySource, Map<string, string>, Map<string, string>, string, RegExp]>([
    ['an absent row', 'database', new Map(), new Map(), 'missing-key', /^key foura of the table keys is missing$/],
    ['an empty file', 'drive', new Map(), new Map([['foura', '\n']]), 'missing-key', /^key foura of the folder \/keys is missing$/],
    ['a short key', 'database', new Map([['foura', 'AAAA']]), new Map(), 'bad-key', /is not 32 bytes in base64$/],
    ['no base64', 'drive', new Map(), new Map([['foura', '%%%']]), 'bad-key', /is not 32 bytes in base64$/],
  ])('names what is wrong with %s', (_, source, databaseKeys, driveFiles, code, message) => {
    const ring = new EhrKeyRing({ databaseKeys, driveFiles, driveFolder: '/keys' }, random);
    expect(() => ring.getKey(source, 'foura')).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }),
    );
  });

  it.each(['AAAA', '001AAAA', `${'A'.repeat(43)}=`])('refuses a later key file that the database keys did not seal: %s', (content) => {
    const ring = new EhrKeyRing({ databaseKeys: new Map(), driveFiles: new Map([['sevena', content]]), driveFolder: '/keys' }, random);
    expect(() => ring.getKey('drive', 'sevena')).toThrow(expect.objectContaining({ code: 'bad-key' }));
  });
});

describe('writingVersion', () => {
  it.each([
    ['all keys', [], 7],
    ['half of the newest pair', ['sevenb'], 6],
    ['no newest pair', ['sevena', 'sevenb'], 6],
    ['only the fourth pair', ['sevena', 'sixb', 'fivea', 'fiveb'], 4],
  ])('is the highest whose pair exists, with %s', (_, missing, version) => {
    expect(vectorKeyRing(random, { files: missing }).writingVersion('drive')).toBe(version);
    expect(vectorKeyRing(random, { rows: missing }).writingVersion('database')).toBe(version);
  });

  it('is refused without any pair, naming the place', () => {
    const ring = new EhrKeyRing({ databaseKeys: new Map(), driveFiles: new Map([['one', 'x']]), driveFolder: '/keys' }, random);
    expect(() => ring.writingVersion('drive')).toThrow(/in the folder \/keys$/);
    expect(() => ring.seal('database', Buffer.from('x'))).toThrow(expect.objectContaining({ code: 'missing-key' }));
  });

  it('does not fall back when the newest keys exist and do not open', () => {
    const ring = vectorKeyRing(random, { rows: ['sevena', 'sevenb'] });
    expect(ring.writingVersion('drive')).toBe(7);
    expect(() => ring.seal('drive', Buffer.from('x'))).toThrow(expect.objectContaining({ code: 'missing-key' }));
  });
});

describe('open and seal', () => {
  const other = Buffer.alloc(96, 1).toString('base64');
  it.each<[KeySource, string, string]>([
    ['drive', `007${other}`, 'keys sevena and sevenb of the folder /site/methods'],
    ['database', `006${other}`, 'keys sixa and sixb of the table keys'],
    ['database', `002${other}`, 'keys twoa and twob of the folder /site/methods'],
    ['drive', `001${other}`, 'key one of the folder /site/methods'],
  ])('names the keys of the %s that did not open %s', (source, blob, keys) => {
    const wrong = expect.objectContaining({ code: 'tampered', message: expect.stringMatching(new RegExp(`; tried ${keys}$`)) as unknown });
    expect(() => vectorKeyRing(random).open(source, blob)).toThrow(wrong);
  });

  it('names the key file that did not open, and the keys of the database that were tried', () => {
    const driveFiles = new Map(['sevena', 'sevenb'].map((label) => [label, `007${other}`]));
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64'));
    const ring = new EhrKeyRing(
      {
        databaseKeys: new Map([
          ['sevena', a ?? ''],
          ['sevenb', b ?? ''],
        ]),
        driveFiles,
        driveFolder: '/keys',
      },
      random,
    );
    expect(() => ring.open('drive', `007${other}`)).toThrow(
      /^key sevena of the folder \/keys does not open: integrity check failed: .*; tried keys sevena and sevenb of the table keys$/,
    );
  });

  it.each<KeySource>(['drive', 'database'])('opens what was sealed with the keys of the %s', (source) => {
    const ring = vectorKeyRing(random);
    const blob = ring.seal(source, Buffer.from('value'));
    expect(blob.slice(0, 3)).toBe('007');
    expect(ring.open(source, blob).toString()).toBe('value');
  });

  it('opens the launch tokens of the EHR', () => {
    const ring = vectorKeyRing(random);
    const read = EHR_VECTORS.launch_tokens.map(({ launch }) => {
      const blob = Buffer.from(launch, 'base64').toString('ascii');
      return JSON.parse(ring.open('drive', blob).toString('utf8')) as unknown;
    });
    expect(read).toEqual(EHR_VECTORS.launch_tokens.map(({ context }) => context));
    expect(read).toHaveLength(2);
  });

  it('opens audit comments that were sealed', () => {
    const sealed = EHR_VECTORS.audit_log.filter((entry) => entry.log_comment_encrypt.encrypt === 'Yes');
    expect(sealed).toHaveLength(1);
    for (const { log_row: row, plain_comment: comment } of sealed) {
      expect(vectorKeyRing(random).open('drive', String(row['comments'])).toString()).toBe(comment);
    }
  });
});
