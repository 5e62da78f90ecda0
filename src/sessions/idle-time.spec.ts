import { Globals } from '../platform/ehr/global-settings.js';
import { idleTime } from './idle-time.js';

const UNSET = { sessionIdle: null, sessionLifetime: 43_200 };

describe('idleTime', () => {
  it.each<[Record<string, string>, number, number]>([
    [{}, 7200, 1800],
    [{ timeout: '900', portal_timeout: '300' }, 900, 300],
    [{ timeout: '0', portal_timeout: '' }, 7200, 1800],
    [{ timeout: '-5', portal_timeout: 'never' }, 7200, 1800],
    [{ timeout: '900000000000000', portal_timeout: '50000' }, 43_200, 43_200],
  ])('is what the EHR says, by kind of people: %j', (values, staff, patients) => {
    const globals = new Globals(values);
    expect([idleTime('users', globals, UNSET), idleTime('patient', globals, UNSET)]).toEqual([staff, patients]);
  });

  it('is our own setting for everybody, where there is one', () => {
    const globals = new Globals({ timeout: '900', portal_timeout: '300' });
    for (const role of ['users', 'patient'] as const) expect(idleTime(role, globals, { ...UNSET, sessionIdle: 600 })).toBe(600);
  });
});
