import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import { StartError } from '../start-error.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Any number, the same in every process: migrations run once when several servers start together. */
const MIGRATION_LOCK = 7_234_001;

/** `id` is when it was made, in ms: what orders migrations, here and in a database. */
export type Migration = { id: number; hash: string; statements: string[] };

export const readMigrations = (folder = MIGRATIONS_FOLDER): Migration[] =>
  readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    id: folderMillis,
    hash,
    statements: sql,
  }));

/** The ids of a database's migrations, oldest first; none where it is empty. */
export async function appliedMigrations(client: pg.ClientBase): Promise<number[]> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  );
  if (!rows[0]?.there) return [];
  const applied = await client.query<{ id: string }>(
    'select created_at as id from drizzle.__drizzle_migrations order by created_at',
  );
  return applied.rows.map(({ id }) => Number(id));
}

/** Whether a schema with these migrations has some that this build does not know. */
export const isNewer = (applied: readonly number[], own: readonly Migration[]): boolean => {
  const known = new Set(own.map(({ id }) => id));
  return applied.some((id) => !known.has(id));
};

/** Takes the lock until the transaction ends. */
export async function lockSchema(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
}

/** Runs migrations that were not, in a transaction that holds the lock. The notes are those of Drizzle's own migrator. */
export async function applyMigrations(client: pg.ClientBase, migrations: readonly Migration[]): Promise<void> {
  const applied = new Set(await appliedMigrations(client));
  const due = migrations.filter(({ id }) => !applied.has(id));
  if (due.length === 0) return;
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { id, hash, statements } of due) {
    for (const statement of statements) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [hash, id]);
  }
}

/** Runs work in a transaction under the lock. */
export async function inSchemaTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await lockSchema(client);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

export class NewerSchema extends StartError {
  override name = 'NewerSchema';
}
