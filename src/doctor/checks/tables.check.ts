import { migrationStatus } from '../../platform/database/run-migrations.js';
import { type AbsentPart, compareSchema } from '../../platform/database/schema.check.js';
import { readColumns } from '../../platform/database/table-columns.query.js';
import { readMajorVersion } from '../../platform/ehr/major-version.query.js';
import { type Check, error, type Finding, type Ground, info, warning } from '../check.js';
import type { Examination } from '../examination.js';

const OWN = /^table oauth2_/;
const MIGRATIONS_TABLE = 'oauth2_migrations';
const OLDEST_MAJOR = 6;

/** Tables, columns, migrations, and which EHR it is. */
export class TablesCheck implements Check {
  readonly id = 'tables';
  readonly healthy = 'Every table and column is there, and every migration has been run';
  readonly needs = [];

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source } = this.examination;
    const tables = await readColumns(source);
    const { lacks, absent } = await compareSchema(source);
    // Asking TypeORM makes its table, so it is asked only where that exists.
    const pending = tables.has(MIGRATIONS_TABLE) ? (await migrationStatus(source)).pending.length : source.migrations.length;
    return [
      ...(pending > 0 ? [pendingMigrations(pending)] : lacks.filter((line) => OWN.test(line)).map(ownTable)),
      ...lacks.filter((line) => !OWN.test(line)).map(ehrTable),
      ...absent.map(olderEhr),
      ...(tables.has('version') ? versionFindings(await readMajorVersion(source)) : [noVersion()]),
    ];
  }

  missingGrounds(findings: readonly Finding[]): readonly Ground[] {
    const ids = findings.map(({ id }) => id);
    return [
      ...(ids.includes('tables.ehr') || ids.includes('tables.version-missing') ? (['ehr-tables'] as const) : []),
      ...(ids.includes('tables.own') || ids.includes('tables.migrations') ? (['own-tables'] as const) : []),
    ];
  }
}

const pendingMigrations = (count: number): Finding =>
  warning('tables.migrations', [
    `${count} of our migrations have not been run`,
    'The server cannot work without its own tables; it makes them itself only with CHARTKEY_MIGRATE=auto',
    'Run chartkey migrate up',
  ]);

const ownTable = (line: string): Finding =>
  error('tables.own', [
    line,
    'The migration that makes it is noted as run, so somebody has changed it since',
    'Restore the table from a backup, or run chartkey migrate down and chartkey migrate up',
  ]);

const ehrTable = (line: string): Finding =>
  error('tables.ehr', [
    line,
    'The server reads or writes it, and refuses to start without it',
    'Run the upgrade of the EHR (sql_upgrade.php) for its version, or set DATABASE_URL to the database of an EHR',
  ]);

const olderEhr = ({ name, since, without }: AbsentPart): Finding =>
  info('tables.older', [
    `${name[0]?.toUpperCase()}${name.slice(1)} is not there, which the EHR has since ${since}`,
    `The server works without it: ${without}`,
    'Upgrade the EHR when that is not enough',
  ]);

const noVersion = (): Finding =>
  error('tables.version-missing', [
    'table version is missing',
    'It tells in which form the EHR keeps its secrets',
    'Set DATABASE_URL to the database of an EHR',
  ]);

function versionFindings(major: number): Finding[] {
  if (major >= OLDEST_MAJOR) return [];
  const found = major === 0 ? 'The table version is empty' : `The EHR is of version ${major}`;
  return [
    warning('tables.version', [
      found,
      `The formats of EHR versions from ${OLDEST_MAJOR} on are known; this one is treated like one before version 8`,
      'Compare the table version with the EHR that runs on this database, and run its upgrade',
    ]),
  ];
}
