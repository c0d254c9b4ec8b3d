import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createDb, type Db } from '../db/client.ts';
import { migrateDb } from '../db/migrate.ts';
import { serverSettings } from '../db/schema/administration.ts';
import { startTestPostgres, type TestPostgres } from './postgres.ts';
import { TEST_DATABASE_URL } from './test-database-url.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Any number: only one process at a time makes the template. */
const TEMPLATE_LOCK = 7_234_002;
const POOL_MAX = 10;

export type TestDb = {
  connectionString: string;
  db: Db;
  /** Drops the database. */
  close(): Promise<void>;
};

/**
 * A fresh, migrated database of a claimed server with an open door: a clone of a template that is made once for each state of the migrations. The server is
 * the one at `SALOTTO_TEST_DATABASE_URL`; without it this process starts its own while it has databases open.
 */
export async function createTestDb(options: { claimed?: boolean } = {}): Promise<TestDb> {
  const server = await borrowServer();
  try {
    const template = await ensureTemplate(server.url);
    const name = `salotto_test_${randomUUID().replaceAll('-', '')}`;
    await administer(server.url, (client) => client.query(`create database ${name} template ${template}`));
    const connectionString = addressOf(server.url, name);
    const { db, close } = createDb({ connectionString, max: POOL_MAX });
    if (options.claimed !== false) await db.insert(serverSettings).values({ door: 'open', claimedAt: new Date() });
    return {
      connectionString,
      db,
      async close() {
        await close();
        await administer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
        await server.release();
      },
    };
  } catch (error) {
    await server.release();
    throw error;
  }
}

let own: { starting: Promise<TestPostgres>; users: number } | null = null;

async function borrowServer(): Promise<{ url: string; release(): Promise<void> }> {
  const given = process.env[TEST_DATABASE_URL];
  if (given) return { url: given, release: async () => {} };
  own ??= { starting: startTestPostgres(), users: 0 };
  const borrowed = own;
  borrowed.users += 1;
  const server = await borrowed.starting;
  return {
    url: server.connectionString,
    async release() {
      borrowed.users -= 1;
      if (borrowed.users > 0) return;
      if (own === borrowed) own = null;
      await server.stop();
    },
  };
}

async function ensureTemplate(adminUrl: string): Promise<string> {
  const name = `salotto_template_${migrationsHash()}`;
  await administer(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    // It gets its name when it is whole: a run that was broken off leaves no half template.
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    await migrateDb(addressOf(adminUrl, draft));
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(MIGRATIONS, { recursive: true, withFileTypes: true }).sort(byPath)) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. Addresses of unix sockets have no host, so that `URL` can't read them. */
function addressOf(url: string, database: string): string {
  const match = /^([a-z]+:\/\/[^/]*\/)[^?]*(\?.*)?$/.exec(url);
  if (!match) throw new Error(`${TEST_DATABASE_URL} is not the address of a database`);
  return `${match[1]}${database}${match[2] ?? ''}`;
}
