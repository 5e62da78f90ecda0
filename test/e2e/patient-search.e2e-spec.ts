import { type Answer, Browser } from '../support/browser.js';
import { allow, approvedClient, type OAuthClient, signIn } from '../support/oauth-client.js';
import { auditedPatients, choose, isPicker, offeredNames, resultsOf, searchFor } from '../support/patient-picking.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid launch/patient patient/Patient.read';
const SETTINGS_ARE_READ_AGAIN = 6; // seconds

/** pid, record number, first, middle and last name, birth date, phones at home and on the way. */
const PEOPLE: ReadonlyArray<readonly [number, string, string, string, string, string | null, string, string]> = [
  [11, 'MRN-0011', 'José', 'María', 'Núñez', '1975-03-04', '(555) 123-4567', ''],
  [12, '12', 'Ana', '', 'de la Cruz', '1975-04-03', '', '+49 171 2345678'],
  [13, '13', 'Percy', '', 'Per%cent', null, '', ''],
  [14, '14', 'Una', '', 'Under_score', null, '', ''],
  [15, '15', 'Zara', '', 'Smith-Jones', '2001-12-31', '', ''],
  [16, '1600', "Conan'", '', "O'Brien", '1990-05-05', '', ''],
];

describe('The search for a patient', () => {
  let server: TestServer;
  let client: OAuthClient;
  let browser: Browser;
  /** The picker, for somebody who is signed in. */
  let page: Answer;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: SCOPE });
    browser = new Browser(server.origin);
    for (const person of PEOPLE) {
      await query(
        'INSERT INTO patient_data (pid, pubpid, fname, mname, lname, DOB, phone_home, phone_cell) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [...person],
      );
    }
    page = await signIn(browser, await browser.open(client.authorizeUrl({ scope: SCOPE })), CLINICIAN);
    expect(isPicker(page)).toBe(true);
  });

  afterAll(() => server.stop());

  const query = (sql: string, values: unknown[] = []): Promise<unknown[]> => server.database.query(sql, values);

  it('finds by name, birth date, number and phone, and takes nothing typed for a wildcard or for SQL', async () => {
    const expected: ReadonlyArray<readonly [string, readonly string[]]> = [
      ['pat', ['Phil Patient']],
      ['PATIENT phil', ['Phil Patient']],
      ['pending, p', ['Pia Pending']],
      ['patient pia', []],
      ['atient', []],
      ['jose', ['José Núñez']],
      ['NUNEZ José', ['José Núñez']],
      ['maría', ['José Núñez']],
      ['cruz', ['Ana de la Cruz']],
      ['de la cruz', ['Ana de la Cruz']],
      ['jones', ['Zara Smith-Jones']],
      ["o'b", ["Conan' O'Brien"]],
      ['1980-02-29', ['Phil Patient']],
      ['02/29/1980 ph', ['Phil Patient']],
      ['3/4/1975', ['Ana de la Cruz', 'José Núñez']],
      ['1', ['Phil Patient']],
      ['16', ["Conan' O'Brien"]],
      ['mrn-0011', ['José Núñez']],
      ['555 123 4567', ['José Núñez']],
      ['1712345678', ['Ana de la Cruz']],
      ['per%', ['Percy Per%cent']],
      ['%%', []],
      ['%a', []],
      ['p%', []],
      ['ph_l', []],
      ['under_', ['Una Under_score']],
      ['under!', []],
      ['\\%', []],
      ["' OR '1'='1", []],
      ["x'; DROP TABLE patient_data; --", []],
      ['\u{1F600}\u{1F600}', []],
      ['ж'.repeat(500), []],
    ];
    for (const [text, names] of expected) {
      const found = await searchFor(browser, page, text);
      const shown = offeredNames(found).map((name) => name.replaceAll('&#39;', "'").replace(' María', ''));
      expect({ text, shown, status: found.status }).toEqual({ text, shown: names, status: 200 });
    }
  });

  it('keeps what was typed, and says that nobody was found or that it is too short', async () => {
    const none = await searchFor(browser, page, 'nobody "x"');
    expect(resultsOf(none)).toBe('No patient found');
    expect(none.text).toContain('value="nobody &quot;x&quot;"');
    const short = await searchFor(browser, page, 'p');
    expect(short.text).toContain('That is too short to search for');
    expect(short.text).toContain('value="p"');
    for (const text of ['', '   ']) expect((await searchFor(browser, page, text)).text).not.toContain('No patient found');
    expect((await browser.open(`${page.url}?search=a&search=b`)).status).toBe(400);
  });

  it('shows fifty at most, and asks for more to search by', async () => {
    for (let pid = 100; pid <= 150; pid += 1) {
      await query('INSERT INTO patient_data (pid, pubpid, fname, lname) VALUES (?, ?, ?, ?)', [pid, String(pid), 'Many', `Twin ${pid}`]);
    }
    const found = await searchFor(browser, page, 'many');
    expect(resultsOf(found)).toMatch(/^More than 50 patients fit\./);
    expect(offeredNames(found)).toHaveLength(50);
    expect(resultsOf(await searchFor(browser, page, 'many 150'))).toBe('1 patient found');
  });

  it('is audited with each choice in the log of the EHR, and is in no log of ours', async () => {
    await auditedPatients(server.database);
    const found = await searchFor(browser, page, 'Patient "Phil" 1980-02-29');
    await searchFor(browser, page, 'xyzzy');
    await searchFor(browser, page, 'x');
    await allow(browser, await choose(browser, found, '1'));
    const by = { user: CLINICIAN.username, success: 1 };
    const of = `127.0.0.1. client ${client.clientId}`;
    expect(await auditedPatients(server.database)).toEqual([
      { ...by, patient: null, comment: `OAuth2 patient search success: ${of}, 0 found: "Patient \\"Phil\\" 1980-02-29"` },
      { ...by, patient: null, comment: `OAuth2 patient search success: ${of}, 0 found: "xyzzy"` },
      { ...by, patient: 1, comment: `OAuth2 patient choice success: ${of}` },
      { ...by, patient: 1, comment: `OAuth2 consent success: ${of} allowed: ${SCOPE}` },
    ]);
    const calls = await query('SELECT request_url FROM api_log');
    expect(JSON.stringify(calls)).not.toMatch(/xyzzy|1980/);
    await query('UPDATE globals SET gl_value = ? WHERE gl_name = ?', ['0', 'api_log_option']);
    server.clock.advance(SETTINGS_ARE_READ_AGAIN);
    await query('ALTER TABLE log RENAME TO log_away');
    try {
      const again = await browser.open(client.authorizeUrl({ scope: SCOPE }));
      expect((await searchFor(browser, again, 'plugh')).status).toBe(200);
    } finally {
      await query('ALTER TABLE log_away RENAME TO log');
    }
    expect(server.logs.text()).toContain('an audit line was not written');
    expect(server.logs.text()).not.toMatch(/xyzzy|plugh|1980-02-29/);
  });
});
