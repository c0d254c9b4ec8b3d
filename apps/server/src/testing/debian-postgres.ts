import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { systemUser } from '../db/embedded-user.ts';

const LIBRARY = '/usr/lib/postgresql';
const START_MS = 30_000;

/** The programs of a PostgreSQL that Debian brought; null where there is none. */
export const DEBIAN_POSTGRES: string | null =
  (existsSync(LIBRARY) ? readdirSync(LIBRARY) : [])
    .filter((version) => Number(version) >= 15)
    .map((version) => join(LIBRARY, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb'))) ?? null;

/** An operator's own PostgreSQL, as it is by default, with an empty database and a user who is no superuser. */
export async function startDebianPostgres(): Promise<{ connectionString: string; stop(): Promise<void> }> {
  if (!DEBIAN_POSTGRES) throw new Error('there is no PostgreSQL of Debian here');
  const folder = mkdtempSync(join(tmpdir(), 'salotto-own-'));
  chmodSync(folder, 0o711);
  const runAs = process.getuid?.() === 0 ? systemUser('/nonexistent') : null;
  const [cluster, socket] = [join(folder, 'cluster'), join(folder, 'socket')];
  for (const made of [cluster, socket]) {
    mkdirSync(made, { mode: 0o700 });
    if (runAs) chownSync(made, runAs.uid, runAs.gid);
  }
  const options = { ...runAs, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } };
  execFileSync(join(DEBIAN_POSTGRES, 'initdb'), ['-D', cluster, '-U', 'admin', '--auth=trust'], {
    ...options,
    stdio: 'pipe',
  });
  const args = ['-D', cluster, '-k', socket, '-c', 'listen_addresses=', '-c', 'fsync=off'];
  const server = spawn(join(DEBIAN_POSTGRES, 'postgres'), args, { ...options, stdio: 'ignore' });
  const addressOf = (user: string, database: string) =>
    `postgres://${user}@localhost/${database}?host=${encodeURIComponent(socket)}`;
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const client = await connected(addressOf('admin', 'postgres'));
    await client.query('create role operator login nosuperuser');
    await client.query('create database salotto owner operator');
    await client.end();
    return { connectionString: addressOf('operator', 'salotto'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connected(connectionString: string): Promise<pg.Client> {
  const until = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(50);
    }
  }
}
