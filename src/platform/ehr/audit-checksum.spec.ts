import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import { apiLogChecksum, logChecksum, type ApiLogRowValues, type LogRowValues } from './audit-checksum.js';

function logRow(row: Record<string, string | number | null>): LogRowValues {
  const value = (name: string): string | number | null => {
    const found = row[name];
    if (found === undefined) throw new Error(`the vector has no ${name}`);
    return found;
  };
  return {
    date: value('date'),
    event: value('event'),
    category: value('category'),
    user: value('user'),
    groupName: value('groupname'),
    comments: value('comments'),
    userNotes: value('user_notes'),
    patientId: value('patient_id'),
    success: value('success'),
    crtUser: value('crt_user'),
    logFrom: value('log_from'),
    menuItemId: value('menu_item_id'),
    ccdaDocId: value('ccda_doc_id'),
  };
}

const API_ROW: ApiLogRowValues = {
  logId: 17,
  userId: 1,
  patientId: 0,
  ipAddress: '203.0.113.9 (198.51.100.2)',
  method: 'POST',
  request: 'token',
  requestUrl: '/oauth2/default/token?x=ż',
  requestBody: '{}',
  response: null,
  createdTime: '2026-11-23 22:18:28',
};

describe('checksums of the audit log', () => {
  it('are those of the EHR', () => {
    const log = EHR_VECTORS.audit_log;
    expect(log.map((entry) => logChecksum(logRow(entry.log_row)))).toEqual(log.map((entry) => entry.log_comment_encrypt.checksum));
    expect(log.map(() => apiLogChecksum(null))).toEqual(log.map((entry) => entry.log_comment_encrypt.checksum_api));
    expect(log).toHaveLength(4);
  });

  it('cover every column of api_log, in order, with NULL as nothing', () => {
    expect(apiLogChecksum(API_ROW)).toBe(
      '1a25fbc1d98e52edbbf47f221fc030e9715c07f1008b00070a633b97ab570ef51b04565f7f3db75779806de0ff726839360ffec5383be7e0e4650844bdfdea23',
    );
  });

  it('change with any value', () => {
    const seen = new Set([apiLogChecksum(API_ROW), ...Object.keys(API_ROW).map((name) => apiLogChecksum({ ...API_ROW, [name]: 'other' }))]);
    expect(seen.size).toBe(11);
  });
});
