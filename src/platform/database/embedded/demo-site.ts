import { demoAccessControl } from './demo-access-control.js';
import { demoClients } from './demo-clients.js';
import { demoPatients, demoStaff } from './demo-people.js';
import { demoSettings, type DemoSiteOptions } from './demo-settings.js';
import { demoTable, type DemoTable, type DemoValue } from './demo-table.js';

export { DEMO_CLIENTS } from './demo-clients.js';
export { DEMO_PEOPLE } from './demo-people.js';

/** How the installation that the rows are made for encrypts what the EHR keeps encrypted. */
export interface DemoSeals {
  /** Seals the base32 secret of an authenticator app (`login_mfa_registrations.var1`). */
  totpSecret: (secret: string) => string;
  /** Seals a client's secret (`oauth_clients.client_secret`). */
  clientSecret: (secret: string) => string;
}

const WITH_UUID = ['users', 'patient_data', 'facility'];

/** The EHR's list of every uuid it gave out: one row for each row of `tables` that carries one. */
function uuidRegistry(tables: readonly DemoTable[], now: string): DemoTable {
  const given = WITH_UUID.flatMap((name) =>
    tables
      .filter(({ table }) => table === name)
      .flatMap(({ rows }) => rows)
      .map((row): DemoValue[] => [row['uuid'] ?? null, name, 'id', now]),
  );
  return demoTable('uuid_registry', 'uuid table_name table_id created', given);
}

/**
 * The made-up site that the embedded database starts with: settings, staff, patients, access control and clients, as rows in the order
 * in which they can be inserted. The EHR's `keys` are not among them: each installation makes its own, and seals with them.
 * @returns rows by table; a column that a row does not name takes the table's default
 */
export function demoSite(sealed: DemoSeals, options: DemoSiteOptions): DemoTable[] {
  const { now } = options;
  const people = [...demoStaff(sealed.totpSecret, now), ...demoPatients(now)];
  return [...demoSettings(options), ...people, uuidRegistry(people, now), ...demoAccessControl(), demoClients(sealed.clientSecret, now)];
}
