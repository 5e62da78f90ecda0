import { createServer } from 'node:net';
import { loadConfig } from '../../platform/config/load-config.js';
import { RedisCheck } from './redis.check.js';

describe('The check of Redis', () => {
  const check = (url?: string): RedisCheck => new RedisCheck(loadConfig({ REDIS_URL: url, CHARTKEY_REDIS_TIMEOUT: '100' }));

  it('has nothing to find where none is named', async () => {
    expect([await check().run(), check().healthy]).toEqual([[], 'No Redis is named: replicas meet in the database']);
  });

  it('warns, without the password, of one that answers nothing, or something else', async () => {
    const other = createServer((socket) =>
      socket
        .resume()
        .on('error', () => undefined)
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const found = await check(`redis://:secret-word@127.0.0.1:${port}`).run();
    await new Promise((resolve) => other.close(resolve));
    const closed = await check(`redis://:secret-word@127.0.0.1:${port}`).run();
    expect([...found, ...closed]).toMatchObject([
      { id: 'redis.unreachable', level: 'warning' },
      { id: 'redis.unreachable', level: 'warning' },
    ]);
    expect(JSON.stringify([found, closed])).not.toContain('secret-word');
  });
});
