import { ConfigError } from '../platform/config/load-config.js';
import { DatabaseError } from '../platform/database/open-database.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { explain, Refusal, statusOf } from './exit-status.js';

describe('how a command ends', () => {
  it.each([
    [new Refusal('no such client'), 1],
    [new OAuthError('invalid_client_metadata', 'bad'), 1],
    [new ConfigError(['PORT is wrong']), 2],
    [new DatabaseError('away'), 2],
    [new TypeError('a bug'), 2],
    ['text', 2],
  ])('%s ends it with %i', (error, status) => {
    expect(statusOf(error)).toBe(status);
  });

  it('explains mistakes of the settings without a stack, all of them', () => {
    const text = explain(new ConfigError(['PORT is wrong', 'SITE is wrong']));
    expect(text).toMatch(/PORT is wrong\n.*SITE is wrong/);
    expect(text).not.toContain('.ts');
  });

  it('gives advice for a port that is taken', () => {
    expect(explain(Object.assign(new Error('listen'), { code: 'EADDRINUSE', syscall: 'listen' }))).toMatch(/^listen: .*set PORT/);
  });

  it('shows the stack of a bug', () => {
    expect(explain(new TypeError('a bug'))).toMatch(/TypeError: a bug\n\s+at /);
  });
});
