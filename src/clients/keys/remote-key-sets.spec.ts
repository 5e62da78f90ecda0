import { Logger } from '@nestjs/common';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { KeyHost } from '../../../test/support/key-host.js';
import { loadConfig } from '../../platform/config/load-config.js';
import { KeySetHosts } from './key-set-hosts.js';
import { NameResolver } from './name-resolver.js';
import { RemoteKeySets } from './remote-key-sets.js';

const keyOf = (kid: string) => ({ kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA', kid });

describe('RemoteKeySets', () => {
  let host: KeyHost;
  let clock: FixedClock;
  let sets: RemoteKeySets;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    host = await KeyHost.start();
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    clock = FixedClock.at('2026-01-01T00:00:00Z');
    sets = new RemoteKeySets(new KeySetHosts(new NameResolver(), loadConfig({})), clock);
    host.asked.length = 0;
  });

  const ids = async (keys: ReturnType<RemoteKeySets['getNewer']>): Promise<unknown> => (await keys)?.map(({ keyId }) => keyId);

  it('keeps a set as long as its host says', async () => {
    host.publish([keyOf('one')], { 'cache-control': 'max-age=600' });
    expect(await ids(sets.get(host.uri))).toEqual(['one']);
    host.publish([keyOf('two')], { 'cache-control': 'max-age=600' });
    clock.advance(599);
    expect(await ids(sets.get(host.uri))).toEqual(['one']);
    clock.advance(1);
    expect(await ids(sets.get(host.uri))).toEqual(['two']);
    expect(host.asked).toHaveLength(2);
  });

  it('asks once for all who need a set at the same time', async () => {
    host.publish([keyOf('one')]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? sets.get(host.uri) : sets.getNewer(host.uri))));
    expect(host.asked).toHaveLength(1);
  });

  it('asks again for a key that is missing, once a minute', async () => {
    host.publish([keyOf('one')], { 'cache-control': 'max-age=3600' });
    await sets.get(host.uri);
    host.publish([keyOf('two')], { 'cache-control': 'max-age=3600' });
    expect(await sets.getNewer(host.uri)).toBeNull();
    clock.advance(60);
    expect(await ids(sets.getNewer(host.uri))).toEqual(['two']);
    expect(await ids(sets.get(host.uri))).toEqual(['two']);
    expect(await sets.getNewer(host.uri)).toBeNull();
    expect(host.asked).toHaveLength(2);
  });

  it('goes on with a known set while its host is away, for an hour', async () => {
    host.publish([keyOf('one')], { 'cache-control': 'max-age=60' });
    await sets.get(host.uri);
    host.answer((_request, response) => response.writeHead(503).end());
    clock.advance(60);
    expect(await ids(sets.get(host.uri))).toEqual(['one']);
    expect(await ids(sets.get(host.uri))).toEqual(['one']); // without asking: the failure is remembered
    expect(host.asked).toHaveLength(2);
    clock.advance(3599);
    expect(await ids(sets.get(host.uri))).toEqual(['one']);
    clock.advance(11);
    await expect(sets.get(host.uri)).rejects.toThrow(`${host.uri} answered 503`);
  });

  it('remembers for ten seconds that a set could not be had', async () => {
    host.answer((_request, response) => response.end('<html>'));
    for (let n = 0; n < 3; n += 1) await expect(sets.get(host.uri)).rejects.toThrow('is not a key set');
    expect(host.asked).toHaveLength(1);
    host.publish([keyOf('one')]);
    clock.advance(10);
    expect(await ids(sets.get(host.uri))).toEqual(['one']);
  });

  it.each([
    ['a list', '[]'],
    ['a set without keys', '{}'],
    ['a page', '<html>keys</html>'],
    ['nothing', ''],
  ])('does not take %s for a key set', async (_what, body) => {
    host.answer((_request, response) => response.end(body));
    await expect(sets.get(host.uri)).rejects.toThrow('is not a key set');
  });

  it('refuses what is no address, and addresses that are not public', async () => {
    await expect(sets.get('jwks')).rejects.toThrow('jwks is not an address');
    await expect(sets.get('https://169.254.169.254/')).rejects.toThrow('not public');
  });
});
