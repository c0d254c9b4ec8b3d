import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../db/embedded.ts';

export type TestPostgres = { connectionString: string; stop(): Promise<void> };

/** A PostgreSQL of its own in a temporary folder, for one run of tests: quick, because it need not survive a crash. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'salotto-test-pg-'));
  // Where root runs the tests, PostgreSQL's own user must get through.
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'data');
  try {
    const server = await startEmbeddedPostgres({ dataDir, logger: pino({ level: 'silent' }) });
    await forgetDurability(server.connectionString);
    return {
      connectionString: server.connectionString,
      async stop() {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function forgetDurability(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await client.query(`alter system set ${setting} = off`);
    }
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}
