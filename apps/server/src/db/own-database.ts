import pg from 'pg';
import { ConfigError } from '../config.ts';

const OLDEST = 15;

/** Throws a ConfigError unless a PostgreSQL of version 15 or newer answers at DATABASE_URL. */
export async function checkOwnDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    checkVersion(Number(rows[0]?.server_version_num));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : 'no answer';
    throw new ConfigError(`DATABASE_URL: the database does not let Salotto in (${reason}).`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** `version` as PostgreSQL counts: 150004 is 15.4. */
export function checkVersion(version: number): void {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST) return;
  throw new ConfigError(`DATABASE_URL leads to PostgreSQL ${major}; Salotto needs ${OLDEST} or newer.`);
}
