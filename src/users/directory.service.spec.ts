import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { LdapResponder } from '../../test/support/ldap-responder.js';
import type { EhrSite } from '../platform/ehr/ehr-site.js';
import { Globals, type GlobalSettings } from '../platform/ehr/global-settings.js';
import { DirectoryService } from './directory.service.js';

class Impatient extends DirectoryService {
  protected override readonly patience = 60;
}

describe('DirectoryService', () => {
  let responder: LdapResponder;
  let errors: ReturnType<typeof jest.spyOn>;

  beforeAll(async () => {
    responder = await LdapResponder.start({ 'uid=ada': 'right' });
  });
  beforeEach(() => {
    errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => errors.mockRestore());
  afterAll(() => responder.stop());

  const serviceFor = (template = 'uid={login}'): DirectoryService => {
    const globals = new Globals({ gbl_ldap_enabled: '1', gbl_ldap_host: responder.url, gbl_ldap_dn: template });
    return new Impatient({ read: async () => globals } as GlobalSettings, { siteDir: '/nonexistent' } as EhrSite);
  };

  it.each(['', '\0', '\0right'])('never binds with a password that makes it anonymous: %j', async (password) => {
    expect(await serviceFor().verify('ada', password)).toBe('refused');
    expect(responder.binds).toEqual([]);
  });

  it.each([
    [null, 'right', 'accepted'],
    [null, 'wrong', 'refused'],
    [32, 'right', 'refused'],
    [53, 'right', 'refused'],
    [51, 'right', 'unavailable'],
    [13, 'right', 'unavailable'],
  ])('with result code %j and a password that is %s: %s', async (code, password, verdict) => {
    responder.code = code;
    expect(await serviceFor().verify('ada', password)).toBe(verdict);
    responder.code = null;
  });

  it('takes no name for a way of authentication', async () => {
    expect(await serviceFor('{login}').verify('EXTERNAL', 'right')).toBe('refused');
  });

  it('does not wait for ever', async () => {
    responder.isSilent = true;
    expect(await serviceFor().verify('ada', 'right')).toBe('unavailable');
    expect(await serviceFor().findFaults()).toEqual([expect.stringMatching(/no answer|timed? ?out/i)]);
    responder.isSilent = false;
    expect(await serviceFor().findFaults()).toEqual([]);
    expect(errors).toHaveBeenCalledTimes(1);
  });
});
