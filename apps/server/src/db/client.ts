import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
export type Db = NodePgDatabase<Schema>;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
/** Either: what a store function needs when it only reads or writes. */
export type DbOrTx = Db | Tx;

export type DbClient = { db: Db; pool: pg.Pool; close(): Promise<void> };

/** Opens a pool. Nothing is connected until the first query. */
export function createDb(options: { connectionString: string; max?: number }): DbClient {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max ?? 20,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks is replaced by the pool, and a query that needed it fails. But the pool listens only to those
  // that it holds: one that breaks between two queries of a transaction would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return { db: drizzle({ client: pool, schema, casing: 'snake_case' }), pool, close: () => pool.end() };
}
