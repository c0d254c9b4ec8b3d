import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FolderInUse } from '../folder-lock.ts';
import { isAlive } from '../processes.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

const logger = pino({ level: 'silent' });
const isRoot = process.getuid?.() === 0;
const started: EmbeddedPostgres[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-pg-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(folder, { recursive: true });
});

async function start(dataDir = join(folder, 'data')): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger });
  started.push(server);
  return server;
}

async function query<Row extends pg.QueryResultRow>(server: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Where the server keeps its things, read from the address of its socket. */
function homeOf(server: EmbeddedPostgres): string {
  return dirname(new URL(server.connectionString.replace('@/', '@x/')).searchParams.get('host') ?? '');
}

const serverId = (home: string): number =>
  Number(readFileSync(join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  test('folds letters, trusts nobody, keeps its secrets, and keeps what was written', async () => {
    const first = await start();
    const home = homeOf(first);
    expect(await query(first, "select lower('ÈÀŽ') as folded, current_setting('listen_addresses') as open")).toEqual([
      { folded: 'èàž', open: '' },
    ]);
    const rules = await query<{ auth_method: string }>(first, 'select auth_method from pg_hba_file_rules');
    expect(new Set(rules.map((rule) => rule.auth_method))).toEqual(new Set(['scram-sha-256']));
    expect(statSync(join(home, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'socket')).mode & 0o777).toBe(0o700);
    const wrong = new pg.Client({ connectionString: first.connectionString, password: 'wrong' });
    wrong.password = 'wrong';
    await expect(wrong.connect()).rejects.toThrow('password authentication failed');

    await query(first, "create table kept as select 'word'::text as said");
    const pid = serverId(home);
    await first.stop();
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(join(home, 'socket'))).toEqual([]);
    expect(await query(await start(), 'select said from kept')).toEqual([{ said: 'word' }]);
  });

  test('a second server on the same folder is refused and leaves the first alone', async () => {
    const first = await start();
    await expect(startEmbeddedPostgres({ dataDir: join(folder, 'data'), logger })).rejects.toThrow(FolderInUse);
    expect(await query(first, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a server whose Node was killed is adopted', async () => {
    const dataDir = join(folder, 'data');
    const script = `
      import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
      import { pino } from 'pino';
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, logger: pino({ level: 'silent' }) });
      process.stdout.write('ready');
      setInterval(() => {}, 1000);`;
    const crashed = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(crashed.stdout, 'data');
    const home = join(dataDir, 'postgres');
    const pid = serverId(home);
    crashed.kill('SIGKILL');
    await once(crashed, 'exit');
    expect(isAlive(pid)).toBe(true);

    const adopted = await start();
    expect(serverId(home)).toBe(pid);
    expect(await query(adopted, 'select 1 as one')).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('a server that dies is started again', async () => {
    const server = await start();
    const home = homeOf(server);
    const pid = serverId(home);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]), 30_000);
    expect(serverId(home)).not.toBe(pid);
  });

  test('a path too long for a socket gets a short one', async () => {
    const server = await start(join(folder, 'a'.repeat(80), 'data'));
    const { length } = new URL(server.connectionString.replace('@/', '@x/')).searchParams.get('host') ?? '';
    expect(length).toBeLessThan(90);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a broken data folder is named', async () => {
    const server = await start();
    const home = homeOf(server);
    await server.stop();
    const password = readFileSync(join(home, 'password'), 'utf8');
    rmSync(join(home, 'password'));
    await expect(start()).rejects.toThrow('The password of the database is missing');
    expect(existsSync(join(home, 'password'))).toBe(false);
    writeFileSync(join(home, 'password'), password, { mode: 0o600 });
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    for (const again of started.splice(0)) await again.stop();

    writeFileSync(join(home, 'cluster', 'global', 'pg_control'), 'broken');
    await expect(start()).rejects.toThrow(`PostgreSQL could not start on ${join(home, 'cluster')}`);
    rmSync(join(home, 'cluster', 'PG_VERSION'));
    await expect(start()).rejects.toThrow('PG_VERSION is missing');
  });

  test.runIf(isRoot)('root keeps the database where its user can reach it', async () => {
    chmodSync(folder, 0o700);
    const server = await start();
    const home = homeOf(server);
    try {
      expect(home).toMatch(/^\/var\/lib\/salotto\//);
      expect(readFileSync(join(folder, 'data', 'postgres-is-elsewhere.txt'), 'utf8')).toContain(home);
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
    } finally {
      await server.stop();
      rmSync(home, { recursive: true });
    }
    expect(existsSync(join(folder, 'data', 'postgres'))).toBe(false);
  });
});
