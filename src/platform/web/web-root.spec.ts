import { loadConfig } from '../config/load-config.js';
import { underWebRoot, withoutWebRoot } from './web-root.js';

const ROOTED = loadConfig({ PUBLIC_URL: 'https://emr.example.org/clinic/openemr/' });
const PLAIN = loadConfig({ PUBLIC_URL: 'https://emr.example.org' });
const WELL_KNOWN = '/.well-known/oauth-authorization-server';

describe('withoutWebRoot', () => {
  it.each([
    ['/clinic/openemr/oauth2/default/token?x=1', '/clinic/openemr/oauth2/default/token?x=1'],
    ['/clinic/openemr/swagger/index.html', '/swagger/index.html'],
    ['/clinic/openemr', '/'],
    ['/clinic/openemr?x=/a', '/?x=/a'],
    ['/clinic/openemr/', '/'],
    ['/clinic/openemr/health/live', '/health/live'],
    ['/health/live', '/health/live'],
    ['/clinic/openemr2/swagger', '/clinic/openemr2/swagger'],
    ['/clinic', '/clinic'],
    [`${WELL_KNOWN}/oauth2/default`, '/.well-known/nowhere'],
    ['/clinic/openemr/clinic/openemr/oauth2/default/token', '/clinic/openemr/clinic/openemr/oauth2/default/token'],
    ['/oauth2/default/token', '/oauth2/default/token'],
    [`${WELL_KNOWN}/clinic/openemr/oauth2/default`, `${WELL_KNOWN}/oauth2/default`],
  ])('routes %s as %s', (url, routed) => {
    expect(withoutWebRoot(url, ROOTED)).toBe(routed);
  });

  it('leaves everything as it is without one', () => {
    expect(withoutWebRoot('/clinic/openemr/swagger', PLAIN)).toBe('/clinic/openemr/swagger');
  });
});

describe('underWebRoot', () => {
  it.each([
    ['/clinic/openemr/oauth2/default/token', '/clinic/openemr/oauth2/default/token'],
    ['/health/live', '/clinic/openemr/health/live'],
    ['/', '/clinic/openemr/'],
    [`${WELL_KNOWN}/oauth2/{site}`, `${WELL_KNOWN}/clinic/openemr/oauth2/{site}`],
  ])('reaches %s at %s', (path, reached) => {
    expect(underWebRoot(path, ROOTED)).toBe(reached);
    expect(withoutWebRoot(reached, ROOTED)).toBe(path);
  });
});
