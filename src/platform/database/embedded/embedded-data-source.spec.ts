import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Transactions } from '../transactions.js';
import { EmbeddedDataSource } from './embedded-data-source.js';

@Entity({ name: 'note' })
class Note {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;
  @Column({ type: 'varchar' })
  text!: string;
}

describe('EmbeddedDataSource', () => {
  let folder: string;
  let source: EmbeddedDataSource;
  let transactions: Transactions;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chartkey-db-'));
    source = await new EmbeddedDataSource(join(folder, 'db.sqlite'), { entities: [Note] }).initialize();
    await source.query('CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT NOT NULL)');
    transactions = new Transactions(source);
  });

  afterEach(async () => {
    await source.destroy();
    rmSync(folder, { recursive: true });
  });

  it('keeps 50 overlapping transactions and plain writes apart, half of which roll back', async () => {
    const notes = source.getRepository(Note);
    const inTransaction = (n: number) =>
      transactions.run(async (tx) => {
        await tx.insert(Note, { id: `t${n}-a`, text: 'first' });
        await pause(n % 3);
        await tx.insert(Note, { id: `t${n}-b`, text: 'second' });
        if (n % 2) throw new Error('rolled back');
      });
    const work = Array.from({ length: 50 }, (_, n) => [inTransaction(n), notes.insert({ id: `p${n}`, text: 'plain' })]).flat();
    const results = await Promise.allSettled(work);
    expect(results.filter((result) => result.status === 'rejected').map((result) => String(result.reason))).toEqual(
      Array.from({ length: 25 }, () => 'Error: rolled back'),
    );
    const ids = new Set((await notes.find()).map((note) => note.id));
    const expected = Array.from({ length: 50 }, (_, n) => [`p${n}`, ...(n % 2 ? [] : [`t${n}-a`, `t${n}-b`])]).flat();
    expect([...ids].sort()).toEqual(expected.sort());
  });

  it('shows readers nothing of a transaction that is still open', async () => {
    let seen = -1;
    await transactions.run(async (tx) => {
      await tx.insert(Note, { id: 'open', text: 'x' });
      seen = await source.getRepository(Note).count();
    });
    expect(seen).toBe(0);
    expect(await source.getRepository(Note).count()).toBe(1);
  });

  it('refuses a plain write from inside a transaction, where it would wait for itself', async () => {
    const attempt = transactions.run(async (tx) => {
      await tx.insert(Note, { id: 'a', text: 'x' });
      await source.getRepository(Note).insert({ id: 'b', text: 'y' });
    });
    await expect(attempt).rejects.toThrow(/outside the open transaction/);
    expect(await source.getRepository(Note).count()).toBe(0);
    await source.getRepository(Note).insert({ id: 'c', text: 'the lock is free again' });
  });

  it('lets two data sources of one process take turns as well', async () => {
    const other = await new EmbeddedDataSource(source.file, { entities: [Note] }).initialize();
    try {
      const write = (through: Transactions, n: number) =>
        through.run(async (tx) => {
          await tx.insert(Note, { id: `n${n}`, text: 'x' });
          await pause(1);
        });
      const there = new Transactions(other);
      await Promise.all(Array.from({ length: 20 }, (_, n) => write(n % 2 ? there : transactions, n)));
      expect(await other.getRepository(Note).count()).toBe(20);
    } finally {
      await other.destroy();
    }
  });

  it('reports how many rows a conditional update changed', async () => {
    await source.getRepository(Note).insert({ id: 'once', text: 'fresh' });
    const take = () => source.getRepository(Note).update({ id: 'once', text: 'fresh' }, { text: 'used' });
    const results = await Promise.all(Array.from({ length: 20 }, take));
    expect(results.reduce((sum, result) => sum + (result.affected ?? 0), 0)).toBe(1);
  });

  it('names the violated constraint of a duplicate', async () => {
    await source.getRepository(Note).insert({ id: 'same', text: '1' });
    await expect(source.getRepository(Note).insert({ id: 'same', text: '2' })).rejects.toThrow(/UNIQUE|constraint/i);
  });
});

describe('EmbeddedConnection values', () => {
  let folder: string;
  let source: EmbeddedDataSource;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chartkey-db-'));
    source = await new EmbeddedDataSource(join(folder, 'db.sqlite'), { entities: [] }).initialize();
    await source.query('CREATE TABLE cell (whole INTEGER, text TEXT, bytes BLOB)');
  });

  afterEach(async () => {
    await source.destroy();
    rmSync(folder, { recursive: true });
  });

  it('takes and returns numbers, texts and bytes as they are', async () => {
    await source.query('INSERT INTO cell VALUES (?, ?, ?)', [5, 5, Buffer.from([0, 255])]);
    expect(await source.query('SELECT * FROM cell WHERE bytes = ?', [Buffer.from([0, 255])])).toEqual([
      { whole: 5, text: '5', bytes: Buffer.from([0, 255]) },
    ]);
  });

  it('takes booleans and nothing', async () => {
    await source.query('INSERT INTO cell VALUES (?, ?, ?)', [true, null, undefined]);
    expect(await source.query('SELECT * FROM cell WHERE whole = ?', [true])).toEqual([{ whole: 1, text: null, bytes: null }]);
  });
});
