import { isArrayBuffer } from 'node:util/types';
import Libsql from 'libsql';

const STATEMENTS_KEPT = 500;

/** Milliseconds to wait for another process (the command line beside the server) to finish its write. */
const WAIT_FOR_OTHER_PROCESS = 5000;

type Database = InstanceType<typeof Libsql>;
type Row = Record<string, unknown>;

/** A prepared statement as TypeORM's SQLite query runner uses it. */
export interface EmbeddedStatement {
  /** Whether it returns rows. */
  readonly reader: boolean;
  all(...parameters: unknown[]): Row[];
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

/** A connection to the embedded database file which prepares each statement once. */
export class EmbeddedConnection {
  private readonly prepared = new Map<string, EmbeddedStatement>();
  private readonly database: Database;

  constructor(file: string) {
    this.database = new Libsql(file, { timeout: WAIT_FOR_OTHER_PROCESS });
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = NORMAL');
    this.database.pragma('foreign_keys = ON');
  }

  prepare(sql: string): EmbeddedStatement {
    const known = this.prepared.get(sql);
    if (known) return known;
    const fresh = guarded(this.database.prepare(sql));
    if (this.prepared.size >= STATEMENTS_KEPT) this.prepared.clear();
    this.prepared.set(sql, fresh);
    return fresh;
  }

  pragma(text: string): unknown {
    return this.database.pragma(text);
  }

  close(): void {
    this.prepared.clear();
    this.database.close();
  }
}

/**
 * libsql 0.5 aborts the process on a lone Buffer and on booleans, binds whole numbers as REAL and returns BLOBs as ArrayBuffer.
 * Parameters in one array, whole numbers as bigint and cells turned into Buffers avoid all four.
 */
function guarded(statement: ReturnType<Database['prepare']>): EmbeddedStatement {
  return {
    reader: statement.reader,
    all: (...parameters) => (statement.all(parameters.map(bindable)) as Row[]).map(withBuffers),
    run: (...parameters) => statement.run(parameters.map(bindable)),
  };
}

function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return value === undefined ? null : value;
}

function withBuffers(row: Row): Row {
  for (const [name, cell] of Object.entries(row)) if (isArrayBuffer(cell)) row[name] = Buffer.from(cell);
  return row;
}
