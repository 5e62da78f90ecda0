import type { DataSource } from 'typeorm';

/** @returns the address that the EHR gives itself (`site_addr_oath`); '' when it has none. For the start, before there are entities */
export async function readSiteAddress(source: DataSource): Promise<string> {
  const rows = await source.query<Array<{ gl_value: unknown }>>(
    "SELECT gl_value FROM globals WHERE gl_name = 'site_addr_oath' AND gl_index = 0",
  );
  const value = rows[0]?.gl_value;
  return typeof value === 'string' ? value.trim() : '';
}
