import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createApp } from '../create-app.js';
import type { Config } from '../platform/config/config.js';
import { connect, DatabaseError, databaseName } from '../platform/database/open-database.js';
import { compareSchema, leaveAlone } from '../platform/database/schema.check.js';
import { createErrorLogger } from '../platform/logging/logger.js';
import type { Ambient } from '../platform/platform.module.js';
import { type Check, error, type Finding, type Ground, ok } from './check.js';
import { ClientsCheck, ClientSecretsCheck } from './checks/clients.check.js';
import { ClockCheck, RightsCheck } from './checks/database.check.js';
import { CompatibilityCheck } from './checks/compatibility.check.js';
import { DirectoryCheck } from './checks/directory.check.js';
import { ExpiredCheck } from './checks/expired.check.js';
import { FullLoopCheck } from './checks/full-loop.check.js';
import { KeysCheck } from './checks/keys.check.js';
import { PasswordHashesCheck } from './checks/password-hashes.check.js';
import { PeopleCheck } from './checks/people.check.js';
import { RedisCheck } from './checks/redis.check.js';
import { SecondFactorsCheck } from './checks/second-factors.check.js';
import { ServicesCheck } from './checks/services.check.js';
import { SettingsCheck } from './checks/settings.check.js';
import { TablesCheck } from './checks/tables.check.js';
import { Examination } from './examination.js';
import { mappedTables } from './mapped-tables.js';

export interface DoctorOptions {
  /** Without the slow checks. */
  readonly quick: boolean;
}

/** A check that was not made, because what it stands on does not hold. */
export interface Skipped {
  readonly id: string;
  readonly because: readonly Ground[];
}

export interface Report {
  /** False when there was no database to look at. */
  readonly isComplete: boolean;
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
}

/**
 * Looks at settings, database, keys, clients and people, and changes nothing. It works on what the application would not start on, and
 * with a database account that may only read.
 */
export async function examine(config: Config, ambient: Ambient, options: DoctorOptions): Promise<Report> {
  let source: DataSource;
  try {
    source = await open(config);
  } catch (failure) {
    if (!(failure instanceof DatabaseError)) throw failure;
    return { isComplete: false, findings: [unreachable(failure, config)], skipped: [] };
  }
  try {
    leaveAlone((await compareSchema(source)).absent);
    const openApp = (): Promise<NestFastifyApplication> => createApp(config, ambient, createErrorLogger('fatal'));
    const checks = allChecks(new Examination(source, config, ambient), openApp);
    const report = await runChecks(checks.filter(({ isSlow }) => !(options.quick && isSlow === true)));
    return { ...report, findings: [ok('database', `${databaseName(config)} answers`), ...report.findings] };
  } finally {
    await source.destroy();
  }
}

/** Every check, in the order in which they are made. */
function allChecks(examination: Examination, openApp: () => Promise<NestFastifyApplication>): Check[] {
  return [
    new TablesCheck(examination),
    new ClockCheck(examination),
    new RightsCheck(examination),
    new RedisCheck(examination.config),
    new KeysCheck(examination),
    new SettingsCheck(examination),
    new ClientsCheck(examination),
    new ClientSecretsCheck(examination),
    new CompatibilityCheck(examination),
    new ServicesCheck(examination),
    new PeopleCheck(examination),
    new DirectoryCheck(examination),
    new PasswordHashesCheck(examination),
    new SecondFactorsCheck(examination),
    new ExpiredCheck(examination),
    new FullLoopCheck(examination, openApp),
  ];
}

/** Makes checks one after another. One that stands on what another found missing is skipped: it would only tell the consequences. */
export async function runChecks(checks: readonly Check[]): Promise<Report> {
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  const missing = new Set<Ground>();
  for (const check of checks) {
    const because = check.needs.filter((ground) => missing.has(ground));
    if (because.length > 0) {
      skipped.push({ id: check.id, because });
      continue;
    }
    const found = await runCheck(check);
    for (const ground of check.missingGrounds?.(found) ?? []) missing.add(ground);
    findings.push(...(found.length > 0 ? found : [ok(check.id, check.healthy)]));
  }
  return { isComplete: true, findings, skipped };
}

async function runCheck(check: Check): Promise<Finding[]> {
  try {
    return await check.run();
  } catch (failure) {
    const words = failure instanceof Error ? failure.message : String(failure);
    return [
      error(`${check.id}.failed`, [
        `The check could not be made: ${words}`,
        'What it looks at is not known',
        'Remove the cause, and run chartkey doctor again',
      ]),
    ];
  }
}

/** A missing embedded database is not made: the doctor only looks. */
function open(config: Config): Promise<DataSource> {
  const isMissing = config.databaseUrl === null && !existsSync(join(config.dataDir, 'embedded.sqlite'));
  if (isMissing) throw new DatabaseError(`there is no embedded database in ${config.dataDir} yet`);
  return connect(config, mappedTables());
}

const unreachable = ({ message }: DatabaseError, config: Config): Finding =>
  error('database.unreachable', [
    message,
    'Everything that the server knows is there',
    config.databaseUrl === null
      ? 'Run chartkey serve once, which makes it, or set DATABASE_URL'
      : 'Check DATABASE_URL, that the database server runs, and that its account may connect from here',
  ]);
