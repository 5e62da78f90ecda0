import type { LookupAddress } from 'node:dns';
import { loadConfig } from '../../platform/config/load-config.js';
import { KeySetHosts } from './key-set-hosts.js';
import { NameResolver } from './name-resolver.js';

/** Names lead where the test says. */
class Names extends NameResolver {
  readonly trusted: string[] = [];
  constructor(private readonly known: Readonly<Record<string, readonly string[]>>) {
    super();
  }
  override resolveTrusted(host: string): Promise<LookupAddress[]> {
    this.trusted.push(host);
    return this.resolve(host);
  }
  override async resolve(host: string): Promise<LookupAddress[]> {
    const found = this.known[host];
    if (found === undefined) throw new Error('ENOTFOUND');
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  }
}

const NAMES = {
  'app.example': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.example': ['10.0.0.5'],
  'half.example': ['93.184.216.34', '169.254.169.254'],
  'own.example': ['127.0.0.1'],
  'nowhere.example': [],
  localhost: ['127.0.0.1', '::1'],
};
const CLINIC = { PUBLIC_URL: 'https://id.clinic.example' };
const hosts = (env: Record<string, string>, names = new Names(NAMES)): KeySetHosts => new KeySetHosts(names, loadConfig(env));
const check = (uri: string, env: Record<string, string> = CLINIC): Promise<LookupAddress[]> => hosts(env).check(new URL(uri));

describe('KeySetHosts', () => {
  it('gives the addresses of a public host, by https', async () => {
    expect((await check('https://app.example/jwks')).map(({ address }) => address)).toEqual(NAMES['app.example']);
    expect(await check('https://93.184.216.34/jwks')).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it.each<[string, string]>([
    ['http://app.example/jwks', 'app.example must be asked by https'],
    ['ftp://app.example/jwks', 'ftp: is not https'],
    ['https://inside.example/jwks', 'inside.example is at 10.0.0.5, which is not public'],
    ['https://half.example/jwks', 'half.example is at 169.254.169.254, which is not public'],
    ['https://own.example/jwks', 'own.example is at 127.0.0.1, which is not public'],
    ['https://localhost/jwks', 'localhost is at 127.0.0.1, which is not public'],
    ['http://localhost/jwks', 'localhost is at 127.0.0.1, which is not public'],
    ['https://10.0.0.5/jwks', '10.0.0.5 is at 10.0.0.5, which is not public'],
    ['https://0x7f.1/jwks', '127.0.0.1 is at 127.0.0.1, which is not public'],
    ['https://2130706433/jwks', '127.0.0.1 is at 127.0.0.1, which is not public'],
    ['https://[::1]/jwks', '[::1] is at ::1, which is not public'],
    ['https://[::ffff:169.254.169.254]/jwks', '[::ffff:a9fe:a9fe] is at ::ffff:a9fe:a9fe, which is not public'],
    ['https://nowhere.example/jwks', 'nowhere.example has no address'],
    ['https://unknown.example/jwks', 'unknown.example has no address that could be found'],
  ])('refuses %s', async (uri, message) => {
    await expect(check(uri)).rejects.toThrow(message);
  });

  it('takes hosts that the operator has named, on that port alone where one is named', async () => {
    const env = { ...CLINIC, CHARTKEY_JWKS_ALLOWED_HOSTS: 'Inside.example, 10.0.0.6:8443' };
    expect(await check('https://inside.example/jwks', env)).toHaveLength(1);
    expect(await check('https://10.0.0.6:8443/jwks', env)).toHaveLength(1);
    await expect(check('https://10.0.0.6/jwks', env)).rejects.toThrow('not public');
    await expect(check('http://inside.example/jwks', env)).rejects.toThrow('by https');
  });

  it('takes its own machine where the server is for that alone', async () => {
    expect(await check('http://localhost:8080/jwks', {})).toHaveLength(2);
    expect(await check('http://127.0.0.1:8080/jwks', {})).toHaveLength(1);
    await expect(check('https://inside.example/jwks', {})).rejects.toThrow('not public');
  });

  it('asks the operating system for no name of a stranger', async () => {
    const names = new Names(NAMES);
    await hosts({ ...CLINIC, CHARTKEY_JWKS_ALLOWED_HOSTS: 'inside.example' }, names).check(new URL('https://inside.example/'));
    await hosts(CLINIC, names).check(new URL('https://app.example/'));
    expect(names.trusted).toEqual(['inside.example']);
  });
});
