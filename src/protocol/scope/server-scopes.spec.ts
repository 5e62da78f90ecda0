import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { joinScope, parseScope } from './scope-set.js';
import { serverScopes, siteScope } from './server-scopes.js';

const FIXTURE = fileURLToPath(new URL('../../../test/fixtures/openemr/scopes.json', import.meta.url));
const ehrScopes = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Record<string, string[]>;
const OURS = ['site:default', 'api:pofh'];

const sorted = (scopes: Iterable<string>): string[] => [...scopes].sort();

describe('serverScopes', () => {
  it.each([
    [false, 'rest_system_scopes_api=0', 226],
    [true, 'rest_system_scopes_api=1', 293],
  ])('with system scopes %s holds exactly the scopes of the EHR, the site and api:pofh', (systemScopes, setting, count) => {
    const expected = ehrScopes[setting] ?? [];
    expect(expected).toHaveLength(count);
    expect(sorted(serverScopes({ site: 'default', systemScopes }))).toEqual(sorted([...expected, ...OURS]));
  });

  it('names each scope once', () => {
    const scopes = serverScopes({ site: 'default', systemScopes: true });
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('knows no scope which a scope parameter could not carry', () => {
    const scopes = serverScopes({ site: 'default', systemScopes: true });
    expect(parseScope(joinScope(scopes))).toEqual(scopes);
  });

  it('knows the scope of its own site and of no other', () => {
    const scopes = serverScopes({ site: 'north-clinic', systemScopes: false });
    expect(scopes.filter((scope) => scope.startsWith('site:'))).toEqual(['site:north-clinic']);
    expect(siteScope('north-clinic')).toBe('site:north-clinic');
  });

  it('holds no system scope unless switched on', () => {
    const isSystem = (scope: string): boolean => scope.startsWith('system/');
    expect(serverScopes({ site: 'default', systemScopes: false }).filter(isSystem)).toEqual([]);
    expect(serverScopes({ site: 'default', systemScopes: true }).filter(isSystem)).toHaveLength(67);
  });
});
