import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import type { SecretBox } from '../platform/ehr/secret-box.js';
import { JwtSigner } from './jwt-signer.js';
import type { KeyVouchers } from './key-vouchers.service.js';
import { signingKey } from './signing-key.js';
import { SigningKeysModule } from './signing-keys.module.js';
import { SigningKeysService } from './signing-keys.service.js';

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const partOf = (token: string, index: number) => JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as unknown;

function signerWith(privateKey: KeyObject, publicKey: KeyObject): { signer: JwtSigner; keys: SigningKeysService } {
  const site = new EhrSite('ehr', '/site', {} as SecretBox, { privateKey, publicKey, opaqueTokenPassword: '' });
  const keys = new SigningKeysService(site);
  return { keys, signer: new JwtSigner(keys, NO_VOUCHERS, new JwtService(jwtOptions())) };
}

const NO_VOUCHERS = { reload: async () => undefined } as unknown as KeyVouchers;

/** What the module gives to JwtService. */
function jwtOptions(): object {
  const imports = Reflect.getMetadata('imports', SigningKeysModule) as { providers?: { provide?: unknown; useValue?: object }[] }[];
  const options = imports.flatMap((module) => module.providers ?? []).find(({ provide }) => provide === 'JWT_MODULE_OPTIONS')?.useValue;
  if (!options) throw new Error('no options for JwtService');
  return options;
}

describe('JwtSigner', () => {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { signer, keys } = signerWith(ours.privateKey, ours.publicKey);
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 });

  it('names type, algorithm and key, and adds no claim', async () => {
    const token = await signer.sign({ sub: 'somebody' }, { typ: 'at+jwt' });
    expect(partOf(token, 0)).toEqual({ typ: 'at+jwt', alg: 'RS256', kid: keys.keyId });
    expect(partOf(token, 1)).toEqual({ sub: 'somebody' });
    expect(await signer.verify(token)).toEqual({ sub: 'somebody' });
    expect(partOf(await signer.sign({}), 0)).toMatchObject({ typ: 'JWT' });
  });

  it('leaves the times to the caller', async () => {
    const claims = { exp: 1, nbf: 99_999_999_999, iat: 99_999_999_999.5 };
    expect(await signer.verify(await signer.sign(claims))).toEqual(claims);
  });

  it('refuses another key, whatever name it takes', async () => {
    const foreign = signerWith(others.privateKey, others.publicKey);
    const token = await foreign.signer.sign({ sub: 'somebody' });
    expect(await signer.verify(token)).toBeNull();
    const named = await signerWith(others.privateKey, ours.publicKey).signer.sign({ sub: 'somebody' });
    expect(partOf(named, 0)).toMatchObject({ kid: keys.keyId });
    expect(await signer.verify(named)).toBeNull();
  });

  it('refuses our key under another name', async () => {
    const misnamed = await signerWith(ours.privateKey, others.publicKey).signer.sign({ sub: 'somebody' });
    expect(await signer.verify(misnamed)).toBeNull();
  });

  it('takes a token that it has verified before for as long as its key counts, and not a moment longer', async () => {
    const changing = signerWith(ours.privateKey, ours.publicKey);
    const token = await changing.signer.sign({ sub: 'somebody' });
    for (let time = 0; time < 2; time += 1) expect(await changing.signer.verify(token)).toEqual({ sub: 'somebody' });
    const before = changing.keys.current;
    changing.keys.adopt(signingKey(others));
    expect(await changing.signer.verify(token)).toBeNull();
    changing.keys.trust([before]);
    expect(await changing.signer.verify(token)).toEqual({ sub: 'somebody' });
    expect(await changing.signer.verify(`${token}A`)).toBeNull();
  });

  const signed = (header: object, payload: string, hash = 'sha256') => {
    const input = `${encode(header)}.${Buffer.from(payload).toString('base64url')}`;
    return `${input}.${sign(hash, Buffer.from(input), ours.privateKey).toString('base64url')}`;
  };

  it('accepts our signature without a name for the key', async () => {
    expect(await signer.verify(signed({ alg: 'RS256' }, '{"sub":"x"}'))).toEqual({ sub: 'x' });
  });

  it.each([
    ['no algorithm', () => `${encode({ alg: 'none' })}.${encode({ sub: 'x' })}.`],
    ['the public key as a secret', () => hmacToken(ours.publicKey.export({ type: 'spki', format: 'pem' }).toString())],
    ['our key with another hash', () => signed({ alg: 'RS384' }, '{"sub":"x"}', 'sha384')],
    ['text for claims', () => signed({ alg: 'RS256' }, '"text"')],
    ['a list for claims', () => signed({ alg: 'RS256' }, '[]')],
    ['claims that are not JSON', () => signed({ alg: 'RS256' }, '{')],
    ['no JWT', () => 'nonsense'],
    ['two parts', () => 'a.b'],
    ['a header that is not JSON', () => 'YQ.YQ.YQ'],
    ['nothing', () => ''],
  ])('refuses %s', async (_name, make) => {
    expect(await signer.verify(make())).toBeNull();
  });

  function hmacToken(secret: string): string {
    const input = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'x' })}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }

  it("accepts what the EHR's own server signed, which names no key", async () => {
    const { 'oaprivate.key': privatePem, 'oapublic.key': publicPem, decrypted } = EHR_VECTORS.oauth_keys;
    const ehr = signerWith(createPrivateKey({ key: privatePem, passphrase: decrypted.oauth2passphrase }), createPublicKey(publicPem));
    for (const { token, claims } of Object.values(EHR_VECTORS.jwt_samples)) expect(await ehr.signer.verify(token)).toEqual(claims);
  });
});
