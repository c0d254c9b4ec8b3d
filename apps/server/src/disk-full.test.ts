import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUp } from './backup/backup.ts';
import { createDiskBlobs } from './blob/disk.ts';
import { toConfig } from './config.ts';
import { createDb } from './db/client.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './db/embedded.ts';
import { migrateDb } from './db/migrate.ts';
import { createFakePlane } from './media/fake.ts';
import { createServer, type RunningServer } from './server.ts';
import { buildPerson, signInAs } from './testing/people.ts';
import type { Client } from './testing/server.ts';

const SIZE_MB = 160;
const folder = mkdtempSync(join(tmpdir(), 'salotto-full-'));
const mounted =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder]).status === 0;

const filler = join(folder, 'filler');
function fill(): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
}

let database: EmbeddedPostgres;
let server: RunningServer;
let client: Client;
const lines: string[] = [];

beforeAll(async () => {
  if (!mounted) return;
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const logger = pino({ level: 'error' }, { write: (line) => lines.push(JSON.parse(line).msg) });
  database = await startEmbeddedPostgres({ dataDir, logger });
  await migrateDb(database.connectionString);
  const config = { ...toConfig({ demo: false }), dataDir, port: 0, privatePort: 0, publicUrls: [] };
  server = await createServer({
    ...{ config, logger, connectionString: database.connectionString },
    livekit: { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: 'test-secret-test-secret-test-secret' },
    overrides: { plane: createFakePlane() },
  });
  const { db, close } = createDb({ connectionString: database.connectionString, max: 1 });
  const { cookie } = await signInAs(db, await buildPerson(db, {}));
  await close();
  const origin = `http://127.0.0.1:${server.port}`;
  client = createORPCClient(new RPCLink({ url: `${origin}/api/rpc`, headers: { cookie, origin } }));
}, 60_000);

afterAll(async () => {
  rmSync(filler, { force: true });
  await server?.stop();
  await database?.stop();
  // The last of its processes may still be on its way out.
  if (mounted) await vi.waitFor(() => execFileSync('umount', [folder], { stdio: 'pipe' }), { timeout: 20_000 });
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Resolves to the id of a room that was acknowledged, or to the error's code. */
const startRoom = (): Promise<{ id: string } | { code: string }> =>
  client.room
    .start({ title: 'A title that takes some room. '.repeat(2), topics: [], locale: 'en', key: randomUUID() })
    .then(
      ({ roomId }) => ({ id: roomId }),
      (error: { code?: string }) => ({ code: error.code ?? 'NO_CODE' }),
    );

describe.skipIf(!mounted)(
  'a disk without room (needs root, for a small file system of its own)',
  { timeout: 120_000 },
  () => {
    test('refuses with a time to come back, loses nothing that was acknowledged, and goes on when there is room', async () => {
      const acknowledged: string[] = [];
      const refused = new Set<string>();
      const tryIt = async () => {
        const answer = await startRoom();
        if ('id' in answer) acknowledged.push(answer.id);
        else refused.add(answer.code);
      };
      for (let n = 0; n < 5; n += 1) await tryIt();
      expect(refused.size).toBe(0);

      fill();
      for (let n = 0; n < 2_000 && refused.size === 0; n += 1) await tryIt();
      expect([...refused]).toEqual(['UNAVAILABLE']);
      expect(lines).toContain('there is no room left on the disk');
      const health = (await (await fetch(`http://127.0.0.1:${server.privatePort}/health`)).json()) as {
        parts: Record<string, object>;
      };
      expect(health.parts.disk).toEqual({ status: 'degraded', detail: 'hardly any room is left' });

      // The log of the database finds no room either: the server ends, and can't come back yet.
      const admin = new pg.Client({ connectionString: database.connectionString });
      admin.on('error', () => undefined);
      await admin.connect();
      await admin.query('select pg_switch_wal() from generate_series(1, 3)').catch(() => undefined);
      await admin.end().catch(() => undefined);
      for (let n = 0; n < 20; n += 1) await tryIt();
      expect([...refused]).toEqual(['UNAVAILABLE']);

      rmSync(filler);
      await vi.waitFor(async () => expect(await startRoom()).toHaveProperty('id'), { timeout: 60_000, interval: 200 });
      const reader = new pg.Client({ connectionString: database.connectionString });
      await reader.connect();
      const { rows } = await reader.query<{ id: string }>('select id from room where id = any($1)', [acknowledged]);
      await reader.end();
      expect(rows).toHaveLength(acknowledged.length);
    });

    test('a backup that finds no room says so and leaves nothing', async () => {
      const reader = new pg.Client({ connectionString: database.connectionString });
      await reader.connect();
      const file = join(folder, 'backup.tar.gz');
      const blobs = createDiskBlobs(join(folder, 'pictures'));
      await reader.query(
        'create table ballast as select md5(n::text) || md5((-n)::text) as word from generate_series(1, 60000) n',
      );
      fill();
      truncateSync(filler, statSync(filler).size - 512 * 1024);
      const options = {
        connectionString: database.connectionString,
        dataDir: join(folder, 'data'),
        blobs,
        file,
        version: '1',
        signal: new AbortController().signal,
      };
      await expect(backUp(options)).rejects.toThrow('no room left');
      rmSync(filler);
      await reader.query('drop table ballast');
      await reader.end();
      expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' }).trim()).toBe('data');
    });
  },
);
