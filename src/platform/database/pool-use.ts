import type { DataSource } from 'typeorm';

/** How the connections of a pool are used. */
export interface PoolUse {
  readonly used: number;
  readonly free: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

/** What mysql2 keeps about itself; it publishes no numbers. */
interface PoolInside {
  readonly _allConnections?: { readonly length: number };
  readonly _freeConnections?: { readonly length: number };
  readonly _connectionQueue?: { readonly length: number };
}

/** @returns null where there is no pool: on the embedded database, or before it is open */
export function poolUse(source: DataSource): PoolUse | null {
  const { pool } = source.driver as unknown as { readonly pool?: PoolInside };
  const all = pool?._allConnections?.length;
  if (pool === undefined || all === undefined) return null;
  const free = pool._freeConnections?.length ?? 0;
  return { used: all - free, free, waiting: pool._connectionQueue?.length ?? 0 };
}
