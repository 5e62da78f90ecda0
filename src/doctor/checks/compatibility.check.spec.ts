import { clientFindings, serverFindings } from './compatibility.check.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const RECENT = new Date('2026-02-28T10:30:00Z');
const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const CLIENT = { clientId: 'c1', name: 'App' };
const use = (clientId: string, name: string, lastUsedAt: Date) => ({ clientId, name, lastUsedAt });

describe('serverFindings', () => {
  it.each([
    ['not used yet', 'ehr-claims', [], /not used yet$/, /^Take ehr-claims out of CHARTKEY_COMPATIBILITY when/],
    ['used by clients', 'ehr-claims', [use('c1', 'ehr-claims', RECENT)], /last used 2026-02-28T10:30Z$/, /--allow ehr-claims/],
    [
      'not used for long',
      'ehr-claims',
      [use('c1', 'ehr-claims', LONG_AGO)],
      /not used for 30 days: take it away$/,
      /out of CHARTKEY_COMPATIBILITY$/,
    ],
    ['used by others only', 'ehr-claims', [use('c1', 'ehr-scope-text', RECENT)], /not used yet$/, /^Take/],
    ['one that no client can have', 'registration-200', [use('', 'registration-200', RECENT)], /last used/, /^Take registration-200 out/],
  ] as const)('%s', (_what, name, uses, finding, nextStep) => {
    expect(serverFindings([name], uses, NOW)).toEqual([
      {
        id: `compatibility.server.${name}`,
        level: 'warning',
        finding: expect.stringMatching(finding),
        reason: expect.any(String),
        nextStep: expect.stringMatching(nextStep),
      },
    ]);
  });
});

describe('clientFindings', () => {
  const allowed = [{ clientId: 'c1', name: 'ehr-claims', allowedAt: RECENT }];

  it.each([
    ['new and unused', allowed, [], /App \(c1\).*not used yet$/, /^Have the maker/],
    ['in use', allowed, [use('c1', 'ehr-claims', RECENT)], /last used 2026-02-28T10:30Z$/, /^Have the maker/],
    ['in use at another client', allowed, [use('c2', 'ehr-claims', RECENT)], /not used yet$/, /^Have the maker/],
    [
      'not used for long',
      allowed,
      [use('c1', 'ehr-claims', LONG_AGO)],
      /take it away$/,
      /^Run chartkey clients compat c1 --deny ehr-claims$/,
    ],
    ['allowed long ago and never used', [{ ...allowed[0]!, allowedAt: LONG_AGO }], [], /not used yet$/, /^Run chartkey/],
  ])('%s', (_what, rows, uses, finding, nextStep) => {
    expect(clientFindings(rows, [CLIENT], uses, NOW)).toMatchObject([
      {
        id: 'compatibility.client.ehr-claims',
        level: 'warning',
        finding: expect.stringMatching(finding) as string,
        nextStep: expect.stringMatching(nextStep) as string,
      },
    ]);
  });

  it('passes over clients that are gone, and switches that are not ours', () => {
    expect(clientFindings(allowed, [], [], NOW)).toEqual([]);
    expect(
      clientFindings(
        [
          { ...allowed[0]!, name: 'of-a-newer-release' },
          { ...allowed[0]!, name: 'any-origin' },
        ],
        [CLIENT],
        [],
        NOW,
      ),
    ).toEqual([]);
  });
});
