import { readServerSettings, readSettingsToExamine, readSiteSettings } from '../../src/cli/settings.js';
import { ConfigError } from '../../src/platform/config/load-config.js';
import { createScratchDatabase, findDatabaseServer, type ScratchDatabase } from '../support/mariadb.js';
import { TEST_DATABASE } from '../support/start-server.js';

const NO_FILE = '/nonexistent/.env';
const ROW = "UPDATE globals SET gl_value = ? WHERE gl_name = 'site_addr_oath'";

if (TEST_DATABASE === 'embedded') {
  describe('The address of the server, with the embedded database', () => {
    it('is never taken from the demo EHR, which takes its own from the server', async () => {
      const config = await readSiteSettings({ PORT: '4999' }, NO_FILE);
      expect(config.issuer).toBe('http://localhost:4999/oauth2/default');
    });
  });
} else {
  describe('The address of the server, where PUBLIC_URL is not set', () => {
    let scratch: ScratchDatabase;
    const settings = (more: Record<string, string> = {}) => ({ DATABASE_URL: scratch.url, PORT: '4999', ...more });
    const mistakesOf = (address: string): Promise<string> =>
      scratch
        .query(ROW, [address])
        .then(() => readSiteSettings(settings(), NO_FILE))
        .then(
          () => '',
          (failure: unknown) => (failure instanceof ConfigError ? failure.mistakes.join('\n') : `not a ConfigError: ${String(failure)}`),
        );

    beforeAll(async () => {
      const server = await findDatabaseServer();
      if (!server) throw new Error('the run is about MySQL, and no server was found');
      scratch = await createScratchDatabase(server);
    });

    afterAll(() => scratch.drop());

    it('is the one that the EHR gives itself', async () => {
      await scratch.query(ROW, ['https://emr.example.org']);
      const config = await readServerSettings(settings({ PORT: '0', SITE: 'north' }), NO_FILE);
      expect(config.issuer).toBe('https://emr.example.org/oauth2/north');
      expect(config.fhirUrl).toBe('https://emr.example.org/apis/north/fhir');
      expect(config.port).toBeGreaterThan(0);
    });

    it('is PUBLIC_URL all the same where it is set', async () => {
      const config = await readSiteSettings(settings({ PUBLIC_URL: 'https://id.clinic.example' }), NO_FILE);
      expect(config.publicUrl.origin).toBe('https://id.clinic.example');
    });

    it('is localhost where the EHR has none', async () => {
      await scratch.query(ROW, ['']);
      expect((await readSiteSettings(settings(), NO_FILE)).publicUrl.origin).toBe('http://localhost:4999');
      await scratch.query("DELETE FROM globals WHERE gl_name = 'site_addr_oath'");
      expect((await readSiteSettings(settings({ PUBLIC_URL: ' ' }), NO_FILE)).publicUrl.origin).toBe('http://localhost:4999');
      await scratch.query("INSERT INTO globals (gl_name, gl_index, gl_value) VALUES ('site_addr_oath', 0, '')");
    });

    it.each([
      ['http://emr.example.org', /plain http/],
      ['emr.example.org', /must be a URL/],
      ['ftp://emr.example.org', /https:/],
    ])('is a mistake that names both when the EHR says %s', async (address, reason) => {
      const mistakes = await mistakesOf(address);
      expect(mistakes).toMatch(reason);
      expect(mistakes).toContain(`site_addr_oath: ${address}`);
      expect(mistakes).toContain('Set PUBLIC_URL');
    });

    it('keeps the doctor from nothing: it says itself what is wrong', async () => {
      await scratch.query(ROW, ['http://emr.example.org']);
      expect((await readSettingsToExamine(settings(), NO_FILE)).publicUrl.origin).toBe('http://localhost:4999');
      const unreachable = { DATABASE_URL: 'mysql://root@127.0.0.1:1/openemr' };
      expect((await readSettingsToExamine(unreachable, NO_FILE)).databaseUrl).not.toBeNull();
      await expect(readSiteSettings(unreachable, NO_FILE)).rejects.toThrow(/cannot open/);
    });

    it('leaves it to the start to say that there are no tables of an EHR', async () => {
      await scratch.query('RENAME TABLE globals TO globals_away');
      expect((await readSiteSettings(settings(), NO_FILE)).publicUrl.origin).toBe('http://localhost:4999');
      await scratch.query('RENAME TABLE globals_away TO globals');
    });
  });
}
