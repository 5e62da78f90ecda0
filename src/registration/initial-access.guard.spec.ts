import type { ExecutionContext } from '@nestjs/common';
import { loadConfig } from '../platform/config/load-config.js';
import { InitialAccessGuard } from './initial-access.guard.js';

const TOKEN = 'a token of sixteen or more';

describe('InitialAccessGuard', () => {
  const enter = (env: Record<string, string>, authorization?: string): boolean => {
    const context = { switchToHttp: () => ({ getRequest: () => ({ headers: { authorization } }) }) };
    return new InitialAccessGuard(loadConfig(env)).canActivate(context as unknown as ExecutionContext);
  };
  const refused = (code: string): Error => expect.objectContaining({ code });
  const token = { CHARTKEY_REGISTRATION: 'token', CHARTKEY_REGISTRATION_TOKEN: TOKEN };

  it('lets everyone in while registration is open', () => {
    expect(enter({})).toBe(true);
    expect(enter({}, 'Bearer anything')).toBe(true);
  });

  it('lets in whoever has the token, where one is asked for', () => {
    expect(enter(token, `Bearer ${TOKEN}`)).toBe(true);
    for (const authorization of [undefined, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`]) {
      expect(() => enter(token, authorization)).toThrow(refused('invalid_token'));
    }
  });

  it('lets nobody in while registration is closed', () => {
    expect(() => enter({ CHARTKEY_REGISTRATION: 'off' })).toThrow(refused('access_denied'));
    expect(() => enter({ CHARTKEY_REGISTRATION: 'off', CHARTKEY_REGISTRATION_TOKEN: TOKEN }, `Bearer ${TOKEN}`)).toThrow(
      refused('access_denied'),
    );
  });
});
