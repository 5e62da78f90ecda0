import { loadConfig } from '../platform/config/load-config.js';
import { bannerLines, startFacts } from './banner.js';

const REAL = { DATABASE_URL: 'mysql://chartkey:secret-word@db:3306/openemr', PUBLIC_URL: 'https://id.clinic.example' };

describe('the banner', () => {
  it('tells where the demo is, who is there, and what is not for production', () => {
    const text = bannerLines(startFacts(loadConfig({ PORT: '4000' }), { origin: 'embedded', siteDir: '/keys' })).join('\n');
    for (const part of ['http://localhost:4000/swagger', '127.0.0.1:4000', 'embedded database in', 'clinician', 'Clinic#Demo1'])
      expect(text).toContain(part);
    expect(text).toMatch(/DATABASE_URL[\s\S]*plain http[\s\S]*CHARTKEY_SWAGGER_CLIENT/);
  });

  it('names neither demo people nor passwords on a real EHR', () => {
    const text = bannerLines(startFacts(loadConfig(REAL), { origin: 'ehr', siteDir: '/keys' })).join('\n');
    expect(text).toContain('mysql://db:3306/openemr');
    expect(text).not.toMatch(/secret-word|#Demo1|Not safe/);
  });

  it.each([
    [{}, 'none', 'shared through the database'],
    [{ CHARTKEY_RATE_LIMITS: 'off' }, 'none', 'off (CHARTKEY_RATE_LIMITS)'],
    [{ REDIS_URL: 'redis://me:secret-word@cache:6379/2' }, 'ready', 'shared through redis://cache:6379/2'],
    [{ REDIS_URL: 'rediss://:secret-word@cache' }, 'away', 'shared through the database, until rediss://cache answers'],
  ] as const)('says with %j, of which Redis is %s, that limits are %s', (settings, redis, limits) => {
    const facts = startFacts(loadConfig({ ...REAL, ...settings }), { origin: 'ehr', siteDir: '/keys' }, redis);
    expect(facts.limits).toBe(limits);
    expect(bannerLines(facts).join('\n')).not.toContain('secret-word');
  });

  it('says that keys of its own do not do', () => {
    expect(startFacts(loadConfig(REAL), { origin: 'stand-in', siteDir: '/keys' }).notForProduction).toEqual([
      expect.stringContaining('OPENEMR_SITE_DIR'),
    ]);
  });

  it('says where imported keys are', () => {
    const facts = startFacts(loadConfig(REAL), { origin: 'imported', siteDir: '/data/ehr-site/default' });
    expect(bannerLines(facts).join('\n')).toMatch(/Keys +the EHR's own, imported \(\/data\/ehr-site\/default\)/);
    expect(facts.notForProduction).toEqual([]);
  });
});
