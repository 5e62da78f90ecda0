import { inspect } from 'node:util';
import { ConfigError, loadConfig } from './load-config.js';

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
};

describe('loadConfig', () => {
  it('needs no setting at all', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      issuer: 'http://localhost:3000/oauth2/default',
      databaseUrl: null,
      swaggerClient: true,
    });
    expect(config.fhirUrl).toBe('http://localhost:3000/apis/default/fhir');
  });

  it('derives the issuer from address and site', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://id.clinic.example', SITE: 'north' }).issuer).toBe('https://id.clinic.example/oauth2/north');
  });

  it.each(['https://emr.example.org/openemr', 'https://emr.example.org/openemr/'])('keeps the web root of the EHR: %s', (url) => {
    expect(loadConfig({ PUBLIC_URL: url })).toMatchObject({
      publicAddress: 'https://emr.example.org/openemr',
      webRoot: '/openemr',
      issuer: 'https://emr.example.org/openemr/oauth2/default',
      prefix: 'openemr/oauth2/default',
      fhirUrl: 'https://emr.example.org/openemr/apis/default/fhir',
    });
  });

  it('is frozen', () => {
    const config = loadConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it('lists every mistake at once', () => {
    const mistakes = mistakesOf({
      PORT: 'many',
      SITE: '../etc',
      LOG_LEVEL: 'loud',
      CHARTKEY_CODE_LIFETIMES: '60',
      CHARTKEY_CODE_LIFETIME: '1',
    });
    expect(mistakes.map((line) => line.split(' ')[0])).toEqual([
      'CHARTKEY_CODE_LIFETIMES',
      'PORT',
      'SITE',
      'LOG_LEVEL',
      'CHARTKEY_CODE_LIFETIME',
    ]);
  });

  it.each([
    ['http://id.clinic.example', /plain http for localhost only/],
    ['https://id.clinic.example/?site=1', /scheme and host/],
    ['https://id.clinic.example/open%20emr', /plain letters/],
    ['https://id.clinic.example//openemr', /plain letters/],
    ['https://someone@id.clinic.example', /scheme and host/],
    ['https://id.clinic.example/health/emr', /must not lie under/],
    ['ftp://id.clinic.example', /https/],
    ['nonsense', /must be a URL/],
  ])('refuses PUBLIC_URL %s', (url, reason) => {
    expect(mistakesOf({ PUBLIC_URL: url }).join()).toMatch(reason);
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:3000'])('allows plain http on %s', (url) => {
    expect(mistakesOf({ PUBLIC_URL: url })).toEqual([]);
  });

  it.each(['postgres://a@b/c', 'mysql://host', 'nonsense'])('refuses DATABASE_URL %s without repeating it', (url) => {
    const text = mistakesOf({ DATABASE_URL: url }).join();
    expect(text).toMatch(/must look like/);
    expect(text).not.toContain(url);
  });

  it.each(['http://host', 'redis:///0', 'redis://host/sixteen', 'nonsense'])('refuses REDIS_URL %s without repeating it', (url) => {
    const text = mistakesOf({ REDIS_URL: url }).join();
    expect(text).toMatch(/must look like/);
    expect(text).not.toContain(url);
  });

  it('wants TLS where an authority for Redis is named', () => {
    expect(mistakesOf({ REDIS_URL: 'redis://host', CHARTKEY_REDIS_TLS_CA_FILE: '/ca.pem' }).join()).toMatch(/rediss:/);
    expect(mistakesOf({ REDIS_URL: 'rediss://host', CHARTKEY_REDIS_TLS_CA_FILE: '/ca.pem' })).toEqual([]);
  });

  it('shows no secret when printed', () => {
    const config = loadConfig({
      DATABASE_URL: 'mysql://root:hunter2hunter2@db/openemr',
      REDIS_URL: 'redis://:hunter2hunter2@cache',
      CHARTKEY_REGISTRATION: 'token',
      CHARTKEY_REGISTRATION_TOKEN: 'registrar-registrar',
      CHARTKEY_METRICS_TOKEN: 'scraper-of-metrics',
    });
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toMatch(/hunter2|registrar-registrar|scraper-of-metrics/);
    expect(config.databaseUrl?.reveal().password).toBe('hunter2hunter2');
  });

  it('knows the switches by name, and lists them to who does not', () => {
    expect(loadConfig({ CHARTKEY_COMPATIBILITY: 'ehr-claims, any-origin ehr-claims' }).compatibility).toEqual(['ehr-claims', 'any-origin']);
    const [mistake, ...more] = mistakesOf({ CHARTKEY_COMPATIBILITY: 'ehr-claims,lax' });
    expect(mistake).toMatch(/^CHARTKEY_COMPATIBILITY may name these only: token-without-secret, .*any-origin$/);
    expect(more).toEqual([]);
  });

  it('wants certificate and key together', () => {
    expect(mistakesOf({ TLS_CERT_FILE: '/x.pem' })).toEqual(['TLS_CERT_FILE and TLS_KEY_FILE belong together']);
  });

  it('knows an unknown time zone', () => {
    expect(mistakesOf({ CHARTKEY_EHR_TIME_ZONE: 'Mars/Olympus' }).join()).toMatch(/IANA/);
  });
});
