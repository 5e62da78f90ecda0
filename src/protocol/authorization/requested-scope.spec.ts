import { SentParameters } from '../parameters/form.js';
import { checkRequestedScope } from './requested-scope.js';
import { ScopeIndex } from '../scope/scope-index.js';
import { SentRequest } from './sent-request.js';

const supported = ['openid', 'profile', 'email', 'offline_access', 'site:default', 'user/Patient.read', '__proto__'];
const check = (scope: string | string[], registered = supported) =>
  checkRequestedScope(
    new SentRequest(new SentParameters([scope].flat().map((value) => ['scope', value] as const))),
    { scope: registered },
    { scopes: new ScopeIndex(supported) },
  ).granted;
const refusal = (code: string, description: RegExp): Error =>
  expect.objectContaining({ code, description: expect.stringMatching(description) }) as Error;

describe('checkRequestedScope', () => {
  it.each<[string, string[]]>([
    ['openid', ['openid']],
    ['profile openid', ['profile', 'openid']],
    ['openid profile openid', ['openid', 'profile']],
    ['  openid   profile ', ['openid', 'profile']],
    ['site:default user/Patient.read', ['site:default', 'user/Patient.read']],
    ['__proto__ openid', ['__proto__', 'openid']],
  ])('reads %j', (scope, expected) => {
    expect(check(scope)).toEqual(expected);
  });

  it('leaves out what the client is not registered for', () => {
    expect(check('openid profile offline_access', ['openid', 'offline_access', 'launch'])).toEqual(['openid', 'offline_access']);
  });

  it('grants no visit, which nobody can choose here, and does not call it a mistake (SMART App Launch 2.2)', () => {
    expect(check('openid launch/encounter', ['openid', 'launch/encounter'])).toEqual(['openid']);
    expect(() => check('launch/encounter')).toThrow(refusal('invalid_scope', /nothing of the requested scope/));
  });

  it('leaves out records and ways to change them that the EHR does not have', () => {
    expect(check('openid user/Patient.cruds user/Media.read', ['openid', 'user/Patient.rs'])).toEqual(['openid', 'user/Patient.read']);
  });

  it.each<[string, string | string[]]>([
    ['absent', []],
    ['empty', ''],
    ['only blanks', '   '],
  ])('refuses a scope that is %s: there is no default (RFC 6749 §3.3)', (_what, scope) => {
    expect(() => check(scope)).toThrow(refusal('invalid_scope', /^scope is missing/));
  });

  it.each([['email'], ['email profile'], ['openid', []]] as [string, string[]?][])(
    'refuses %j when the client is registered for none of it',
    (scope, registered = ['openid']) => {
      expect(() => check(scope, registered)).toThrow(refusal('invalid_scope', /registered for none/));
    },
  );

  it.each(['opened', 'openid opened', 'OpenID', 'nonce', 'user/Patient.u', 'constructor', 'openid,profile'])(
    'names a scope that the server does not know: %s',
    (scope) => {
      expect(() => check(scope)).toThrow(refusal('invalid_scope', /^the scope \S+ is not known to this server$/));
    },
  );

  it('is not known although the client is registered for it', () => {
    expect(() => check('openid launch', ['openid', 'launch'])).toThrow(refusal('invalid_scope', /^the scope launch is not known/));
  });

  it.each(['openid\tprofile', 'openid\nprofile', 'open"id', 'open\\id', 'openid é', 'openid\u00a0profile', 'a\x7f'])(
    'refuses characters that no scope has, without repeating them: %j (RFC 6749 §3.3)',
    (scope) => {
      expect(() => check(scope)).toThrow(refusal('invalid_scope', /^scope has characters/));
    },
  );

  it('does not repeat a scope of any length', () => {
    expect(() => check('x'.repeat(200))).toThrow(refusal('invalid_scope', /^the scope x{200} is not known/));
    expect(() => check('x'.repeat(201))).toThrow(refusal('invalid_scope', /^one of the scopes is not known/));
  });

  it('refuses a repeated parameter as malformed', () => {
    expect(() => check(['openid', 'profile'])).toThrow(refusal('invalid_request', /^scope was sent more than once$/));
  });
});
