import type { DataSource } from 'typeorm';
import { connect } from '../platform/database/open-database.js';
import { migrationStatus, type MigrationStatus, revertMigration, runMigrations } from '../platform/database/run-migrations.js';
import { readSettings } from './settings.js';

/** What can be done about the tables of our own, without starting anything else. */
export class Migrations {
  constructor(private readonly source: DataSource) {}

  /** @returns names of the migrations that were run, in order */
  up(): Promise<string[]> {
    return runMigrations(this.source);
  }

  /** @returns name of the migration that was taken back; null when there was none */
  async down(): Promise<string | null> {
    const { executed } = await this.status();
    if (executed.length === 0) return null;
    await revertMigration(this.source);
    const { executed: left } = await this.status();
    return executed.find((name) => !left.includes(name)) ?? null;
  }

  /** In the order in which they run: their names end in a time. */
  async status(): Promise<MigrationStatus> {
    const { executed, pending } = await migrationStatus(this.source);
    return { executed: executed.toSorted(byTime), pending };
  }
}

function byTime(one: string, other: string): number {
  return Number(/\d+$/.exec(one)?.[0] ?? 0) - Number(/\d+$/.exec(other)?.[0] ?? 0);
}

/**
 * Connects to the database of the settings, for migrations alone.
 * @throws ConfigError, DatabaseError
 */
export async function withMigrations<T>(work: (migrations: Migrations) => Promise<T>): Promise<T> {
  const source = await connect(readSettings(), []);
  try {
    return await work(new Migrations(source));
  } finally {
    await source.destroy();
  }
}
