import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Transactions } from '../database/transactions.js';
import { logChecksum } from '../ehr/audit-checksum.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { GlobalSetting } from '../ehr/global-setting.entity.js';
import { GlobalSettings } from '../ehr/global-settings.js';
import { auditComment } from './audit-event.js';
import { withinRequest } from '../web/request-scope.js';
import { ApiLogEntry } from './api-log-entry.entity.js';
import { AuditService } from './audit.service.js';
import { LogChecksum } from './log-checksum.entity.js';
import { LogEntry } from './log-entry.entity.js';

const ADDRESS = '203.0.113.9';
const FAILURE = { event: 'staff sign-in', success: false, address: ADDRESS, reason: 'user password incorrect' } as const;

describe('auditComment', () => {
  it('says what the EHR says about the same event', () => {
    const comments = EHR_VECTORS.audit_log.map((vector) => vector.plain_comment);
    expect(comments).toContain(auditComment(FAILURE));
    expect(comments).toContain(auditComment({ ...FAILURE, event: 'patient sign-in', reason: 'patient password incorrect' }));
  });

  it('has no title for a second factor', () => {
    expect(auditComment({ ...FAILURE, event: 'second factor', reason: 'OAuth2 MFA (TOTP) code incorrect' })).toBe(
      'failure: 203.0.113.9. OAuth2 MFA (TOTP) code incorrect',
    );
  });
});

describe('AuditService', () => {
  let database: TestDatabase;
  let audit: AuditService;

  beforeEach(async () => {
    database = await openTestDatabase([LogEntry, LogChecksum, ApiLogEntry]);
    const { source, config } = database;
    const clock = FixedClock.at('2026-11-23T22:18:29.987Z');
    const settings = new GlobalSettings(source.getRepository(GlobalSetting), clock);
    await source.getRepository(GlobalSetting).update({ name: 'gbl_time_zone', index: 0 }, { value: 'America/New_York' });
    audit = new AuditService(new Transactions(source), new EhrClock(settings, config, clock), settings, clock, config);
  });

  afterEach(() => database.close());

  it('writes a line as the EHR does, in its time zone and in whole seconds', async () => {
    await audit.record({ ...FAILURE, username: 'clinician', groupName: 'Default' });
    const [line] = await database.source.query<Array<Record<string, unknown>>>('SELECT * FROM log');
    expect(line).toMatchObject({
      ...EHR_VECTORS.audit_log.find((vector) => vector.plain_comment === auditComment(FAILURE))?.log_row,
      date: '2026-11-23 17:18:29',
    });
  });

  it('adds the checksum that the EHR recomputes from the line as it stands', async () => {
    await audit.record({ ...FAILURE, event: 'patient sign-in', username: 'phil@example.org', patientNumber: 1 });
    const [row] = await database.source.query<[Record<string, string | number | null>]>('SELECT * FROM log');
    const value = (name: string): string | number | null => row[name] ?? null;
    const expected = logChecksum({
      ...{ date: value('date'), event: value('event'), category: value('category'), user: value('user'), groupName: value('groupname') },
      ...{ comments: value('comments'), userNotes: value('user_notes'), patientId: value('patient_id'), success: value('success') },
      ...{ crtUser: value('crt_user'), logFrom: value('log_from'), menuItemId: value('menu_item_id'), ccdaDocId: value('ccda_doc_id') },
    });
    expect(row['patient_id']).toBe(1);
    expect(await database.source.query('SELECT log_id, encrypt, checksum, checksum_api, version FROM log_comment_encrypt')).toEqual([
      { log_id: row['id'], encrypt: 'No', checksum: expected, checksum_api: '', version: 4 },
    ]);
  });

  describe('the request behind a line', () => {
    const REQUEST = { method: 'POST', path: '/oauth2/default/token' };
    const calls = () => database.source.query<Array<Record<string, unknown>>>('SELECT * FROM api_log');

    it('is written beside it, without query and bodies', async () => {
      await withinRequest(REQUEST, () => audit.record({ ...FAILURE, userId: 2, patientNumber: 7 }));
      const [line] = await database.source.query<Array<{ id: number }>>('SELECT id FROM log');
      expect(await calls()).toEqual([
        {
          ...{ id: 1, log_id: line?.id, user_id: 2, patient_id: 7, ip_address: ADDRESS, method: 'POST', request: 'token' },
          ...{ request_url: REQUEST.path, request_body: '', response: '', created_time: '2026-11-23 22:18:29' }, // a TIMESTAMP: UTC
        },
      ]);
    });

    it.each([
      ['0', 0],
      ['1', 1],
      ['2', 1],
      ['', 0],
      ['yes', 0],
    ])('with api_log_option %j: %i rows', async (value, rows) => {
      await database.source.getRepository(GlobalSetting).update({ name: 'api_log_option', index: 0 }, { value });
      await withinRequest(REQUEST, () => audit.record(FAILURE));
      expect(await calls()).toHaveLength(rows);
      const [checksum] = await database.source.getRepository(LogChecksum).find();
      expect(checksum?.apiChecksum).toHaveLength(128 * rows);
    });

    it('is none on the command line', async () => {
      await audit.record(FAILURE);
      expect(await calls()).toEqual([]);
    });
  });

  it('cuts a name to what the column takes', async () => {
    await audit.record({ ...FAILURE, username: '😀'.repeat(300) });
    const [line] = await database.source.getRepository(LogEntry).find();
    expect(line?.user).toBe('😀'.repeat(255));
  });

  it('keeps lines apart that are written at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => audit.record({ ...FAILURE, username: `user${n}` })));
    const lines = await database.source.getRepository(LogEntry).find();
    const checksums = await database.source.getRepository(LogChecksum).find();
    expect(new Set(lines.map((line) => line.user)).size).toBe(20);
    expect(checksums.map((checksum) => checksum.logId).sort((a, b) => a - b)).toEqual(lines.map((line) => line.id));
  });

  it('leaves nothing and fails nothing when a line cannot be written, and says so in the log', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await database.source.query('DROP TABLE log_comment_encrypt');
    await expect(audit.record(FAILURE)).resolves.toBeUndefined();
    expect(await database.source.getRepository(LogEntry).count()).toBe(0);
    expect(errors).toHaveBeenCalledWith(expect.objectContaining({ reason: FAILURE.reason }), expect.any(String));
    errors.mockRestore();
  });
});
