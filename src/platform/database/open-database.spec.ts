import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { loadConfig } from '../config/load-config.js';
import { EhrTable } from '../ehr/ehr-table.js';
import { hasColumn, hasTable, Since } from '../ehr/since.js';
import { connect, databaseName, openDatabase } from './open-database.js';
import { migrationStatus, revertMigration, runMigrations } from './run-migrations.js';

@EhrTable('users')
class Wanting {
  @PrimaryColumn({ type: 'bigint' })
  id!: number;
  @Column({ name: 'shoe_size', type: 'integer' })
  shoeSize!: number;
  @Column({ name: 'hat_size', type: 'integer' })
  hatSize!: number;
}

@EhrTable('version')
class Growing {
  @PrimaryColumn({ name: 'v_major', type: 'integer' })
  major!: number;
  @Since('9.0', 'there is no mood')
  @Column({ name: 'v_mood', type: 'varchar' })
  mood: string = 'calm';
  @Column({ name: 'v_minor', type: 'integer' })
  minor!: number;
}

@Since('9.0', 'there are no moods')
@EhrTable('moods')
class Moods {
  @PrimaryColumn({ type: 'bigint' })
  id!: number;
}

@Entity({ name: 'no_such_table' })
class Missing {
  @PrimaryColumn({ type: 'bigint' })
  id!: number;
}

describe('openDatabase', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartkey-open-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names everything that the schema lacks, at once', async () => {
    const opening = openDatabase(loadConfig({ CHARTKEY_DATA_DIR: folder }), [Wanting, Missing]);
    await expect(opening).rejects.toThrow(/table no_such_table is missing\n.*table users lacks columns shoe_size, hat_size/);
  });

  it('does without what the EHR has only since a later release: nothing reads or writes it', async () => {
    const source = await openDatabase(loadConfig({ CHARTKEY_DATA_DIR: folder }), [Growing, Moods]);
    try {
      const versions = source.getRepository(Growing);
      await versions.insert({ major: 9, minor: 1, mood: 'wild' });
      await versions.update({ major: 9 }, { minor: 2, mood: 'wild' });
      expect(await versions.findOneBy({ major: 9 })).toEqual({ major: 9, minor: 2, mood: 'calm' });
      expect([hasColumn(source, Growing, 'mood'), hasColumn(source, Growing, 'minor')]).toEqual([false, true]);
      expect([hasTable(source, Growing), hasTable(source, Moods)]).toEqual([true, false]);
    } finally {
      await source.destroy();
    }
  });

  it('refuses to start on pending migrations when they are run by hand', async () => {
    const opening = openDatabase(loadConfig({ CHARTKEY_DATA_DIR: folder, CHARTKEY_MIGRATE: 'manual' }), []);
    await expect(opening).rejects.toThrow(/migrations have not been run: EhrBaseline\d+, AuthorizationServer\d+.*chartkey migrate up/);
  });

  it('runs, reports and takes back migrations', async () => {
    const source = await connect(loadConfig({ CHARTKEY_DATA_DIR: folder }), []);
    try {
      const all = (await migrationStatus(source)).pending;
      expect(await runMigrations(source)).toEqual(all);
      expect(await migrationStatus(source)).toEqual({ executed: [...all].sort(), pending: [] });
      expect(await runMigrations(source)).toEqual([]);
      for (let left = all.length; left > 0; left -= 1) await revertMigration(source);
      expect(await migrationStatus(source)).toEqual({ executed: [], pending: all });
      const left = await source.query<Array<{ name: string }>>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      );
      expect(left.map((table) => table.name)).toEqual(['oauth2_migrations']);
    } finally {
      await source.destroy();
    }
  });

  it('says which server did not answer, and keeps the password to itself', async () => {
    const config = loadConfig({ DATABASE_URL: 'mysql://root:hunter2hunter2@127.0.0.1:1/openemr', CHARTKEY_DATA_DIR: folder });
    const error = await connect(config, []).then(
      () => new Error('connected'),
      (reason: Error) => reason,
    );
    expect(error.message).toMatch(/cannot open mysql:\/\/127\.0\.0\.1:1\/openemr/);
    expect(error.message).not.toContain('hunter2');
    expect(databaseName(config)).not.toContain('root');
  });
});
