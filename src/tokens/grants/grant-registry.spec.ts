import type { Client } from '../../clients/client.entity.js';
import type { Grant } from './grant.js';
import { GrantRegistry, isRegisteredFor } from './grant-registry.js';
import { GRANTS } from './index.js';

const registered = (...grantTypes: string[]) => ({ grantTypes }) as Client;

describe('GrantRegistry', () => {
  const registry = new GrantRegistry(
    GRANTS,
    GRANTS.map(() => ({}) as Grant),
  );

  it.each([
    ['authorization_code', [], true],
    ['authorization_code', ['authorization_code'], true],
    ['authorization_code', ['client_credentials'], false],
    ['refresh_token', [], true],
    ['refresh_token', ['authorization_code'], true],
    ['refresh_token', ['password'], true],
    ['refresh_token', ['refresh_token'], true],
    ['refresh_token', ['client_credentials'], false],
    ['password', [], true],
    ['password', ['password'], true],
    ['password', ['authorization_code'], true],
  ])('%s for a client registered for %j: %s', (grantType, grantTypes, isAllowed) => {
    expect(isRegisteredFor(registered(...grantTypes), registry.get(grantType).type)).toBe(isAllowed);
  });

  it('names what it has when asked for something else', () => {
    expect(() => registry.get('implicit')).toThrow(expect.objectContaining({ code: 'unsupported_grant_type' }));
    expect(() => registry.get(undefined)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('does not start with two grants of one name', () => {
    const [first] = GRANTS;
    expect(() => new GrantRegistry([first, first], [{} as Grant, {} as Grant])).toThrow('authorization_code');
  });
});
