import { refreshTokenEnd } from './refresh-token-end.js';

describe('refreshTokenEnd', () => {
  const lifetimes = { refreshTokenLifetime: 90, sessionLifetime: 40 };
  const authTime = new Date(1000_000);
  it.each([
    ['offline_access', ['openid', 'offline_access'], 's', 1020, 1110],
    ['both', ['online_access', 'offline_access'], 's', 1020, 1110],
    ['offline_access without a session', ['offline_access'], null, 1020, 1110],
    ['online_access: as long as the session', ['online_access'], 's', 1020, 1040],
    ['online_access when the session is over', ['online_access'], 's', 1040, null],
    ['online_access without a session', ['online_access'], null, 1020, null],
    ['neither', ['openid'], 's', 1020, null],
  ])('%s', (_what, scope, sid, now, end) => {
    expect(refreshTokenEnd({ scope, sid, authTime }, now, lifetimes)).toBe(end);
  });

  it('never exceeds the lifetime of a refresh token', () => {
    expect(refreshTokenEnd({ scope: ['online_access'], sid: 's', authTime }, 1001, { refreshTokenLifetime: 5, sessionLifetime: 40 })).toBe(
      1006,
    );
  });
});
