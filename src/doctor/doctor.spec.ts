import { type Check, error, type Finding, type Ground, info, warning } from './check.js';
import { runChecks } from './doctor.js';
import { counted, nameList } from './name-list.js';
import { reportLines, verdictOf } from './report.js';

const check = (id: string, findings: Finding[], more: Partial<Check> = {}): Check => ({
  id,
  healthy: `${id} is well`,
  needs: [],
  run: () => Promise.resolve(findings),
  ...more,
});

const fault = error('keys.missing', ['a key is missing', 'it is needed', 'put it back']);

describe('a run of checks', () => {
  it('says of each what is true when nothing was found', async () => {
    const { findings } = await runChecks([check('one', []), check('two', [fault])]);
    expect(findings).toEqual([{ id: 'one', level: 'ok', finding: 'one is well', reason: null, nextStep: null }, fault]);
  });

  it('skips what stands on something that an earlier check found missing, and only that', async () => {
    const missingGrounds = (found: readonly Finding[]): readonly Ground[] => (found.length > 0 ? ['keys'] : []);
    const later = [check('secrets', [], { needs: ['keys'] }), check('people', [], { needs: ['ehr-tables'] })];
    const broken = await runChecks([check('keys', [fault], { missingGrounds }), ...later]);
    expect(broken.skipped).toEqual([{ id: 'secrets', because: ['keys'] }]);
    expect(broken.findings.map(({ id }) => id)).toEqual(['keys.missing', 'people']);
    const whole = await runChecks([check('keys', [], { missingGrounds }), ...later]);
    expect(whole.skipped).toEqual([]);
  });

  it('reports a check that fails itself, and goes on', async () => {
    const failing = check('clients', [], { run: () => Promise.reject(new Error('connection lost')) });
    const { findings } = await runChecks([failing, check('people', [])]);
    expect(findings).toMatchObject([
      { id: 'clients.failed', level: 'error', finding: expect.stringContaining('connection lost') as string },
      { id: 'people' },
    ]);
  });
});

describe('a report', () => {
  const words = ['something', 'a reason', 'a step'] as const;
  const report = (findings: Finding[], isComplete = true) => ({ isComplete, findings, skipped: [] });

  it.each([
    ['fine', report([info('a', words)])],
    ['found', report([info('a', words), warning('b', words)])],
    ['found', report([error('a', words)])],
    ['failed', report([error('a', words)], false)],
  ])('comes to %s', (verdict, given) => {
    expect(verdictOf(given)).toBe(verdict);
  });

  it('names finding, reason, next step and what was skipped in words', () => {
    const text = reportLines({ ...report([warning('b', words)]), skipped: [{ id: 'secrets', because: ['keys'] }] }).join('\n');
    for (const part of ['WARNING   b: something', 'a reason', 'a step', 'secrets', '0 errors, 1 warnings, 1 checks skipped']) {
      expect(text).toContain(part);
    }
  });

  it('shortens long lists and counts in words', () => {
    expect(nameList(['a', 'b'])).toBe('a, b');
    expect(nameList(Array.from({ length: 12 }, (_, index) => `n${index}`))).toMatch(/n9 and 2 more$/);
    expect([counted(1, 'client'), counted(2, 'client')]).toEqual(['1 client', '2 clients']);
  });
});
