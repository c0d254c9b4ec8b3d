import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lastLines, openBoundedLog } from '../bounded-log.ts';
import { lockFolder } from '../folder-lock.ts';
import { type Ending, type Guard, unguarded } from '../guardian.ts';
import type { Logger } from '../logger.ts';
import { commandOf, isAlive, signal, waitUntilGone } from '../processes.ts';
import { StartError } from '../start-error.ts';
import { preparePostgres } from './embedded-binaries.ts';
import { childOptions, DATABASE_USER, ensureCluster, readPassword } from './embedded-cluster.ts';
import { type Home, prepareHome } from './embedded-home.ts';
import { watchServer } from './embedded-watch.ts';

const DATABASE = 'salotto';
/** After a crash PostgreSQL first replays its log. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

export type EmbeddedPostgres = {
  /** A superuser's address of the database `salotto`, over a unix socket. */
  connectionString: string;
  /** Ends every connection and the server (PostgreSQL's fast shutdown). Does nothing the second time. */
  stop(): Promise<void>;
};

const addressOf = (home: Home, database: string): string =>
  `postgres://${DATABASE_USER}:${encodeURIComponent(readPassword(home))}@/${database}?host=${encodeURIComponent(home.socketFolder)}`;

const pidFile = (home: Home): string => join(home.cluster, 'postmaster.pid');

/**
 * The process that has the id which the server of this cluster noted, and whether it is that server: after a crash of
 * the whole machine, or in a new container, the id may by now be some other program's.
 */
function notedProcess(home: Home): { pid: number; isServer: boolean } | null {
  try {
    const pid = Number(readFileSync(pidFile(home), 'utf8').split('\n', 1)[0]);
    if (!isAlive(pid)) return null;
    const command = commandOf(pid);
    return { pid, isServer: command === '' || command.includes(home.cluster) };
  } catch {
    return null;
  }
}

/** The id of the server of this cluster, or 0 where none lives. */
function livingServer(home: Home): number {
  const noted = notedProcess(home);
  return noted?.isServer ? noted.pid : 0;
}

/**
 * PostgreSQL takes any living process with the noted id for its server and refuses to start. A note of a dead process
 * stays: by it PostgreSQL knows whether what that one left behind still runs.
 */
function forgetStranger(home: Home): void {
  if (notedProcess(home)?.isServer === false) rmSync(pidFile(home), { force: true });
}

/** Whether the server of this cluster, and no other, answers. */
async function answers(home: Home): Promise<boolean> {
  const client = new pg.Client({ connectionString: addressOf(home, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    return rows[0]?.folder === home.cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function spawnServer(home: Home, binaries: string) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: home.socketFolder,
    unix_socket_permissions: '0700',
    shared_buffers: '64MB',
    max_connections: '100',
    timezone: 'UTC',
    log_min_messages: 'warning',
    // Statements carry what people wrote: they stay out of the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const args = ['-D', home.cluster, '-k', home.socketFolder];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const log = openBoundedLog(join(home.folder, 'log'));
  // In its own process group: Ctrl-C at the terminal is ours to handle, and the database is the last to go.
  const child = spawn(join(binaries, 'bin', 'postgres'), args, {
    ...childOptions(home),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => {
      log.close();
      resolve(`it ended with ${code ?? by}`);
    });
  });
  return { child, ended };
}

/** Waits for a server that a crashed process left behind. False when it is gone or does not answer. */
async function adopt(home: Home): Promise<boolean> {
  const until = Date.now() + STOP_TIMEOUT_MS;
  while (livingServer(home) !== 0 && Date.now() < until) {
    if (await answers(home)) return true;
    await sleep(50);
  }
  return false;
}

/** Fast shutdown first; then at once, and the next start replays the log: nothing acknowledged is lost. */
const ENDING: Ending = { ask: 'SIGINT', force: 'SIGQUIT' };

async function startServer(home: Home, binaries: string, guard: Guard): Promise<void> {
  forgetStranger(home);
  const { child, ended } = spawnServer(home, binaries);
  const release = guard(child.pid, ENDING);
  void ended.then(release);
  let failure: string | null = null;
  void ended.then((reason) => {
    failure = reason;
  });
  const until = Date.now() + START_TIMEOUT_MS;
  try {
    while (!(await answers(home))) {
      if (failure !== null || Date.now() > until) {
        throw new StartError(
          `PostgreSQL could not start on ${home.cluster} (${failure ?? 'no answer'}). Its last words:\n${lastLines(join(home.folder, 'log'))}`,
        );
      }
      await sleep(25);
    }
  } catch (error) {
    child.kill('SIGQUIT');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(late);
    throw error;
  }
  child.unref();
}

async function ensureDatabase(home: Home): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf(home, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stopServer(home: Home, logger: Logger): Promise<void> {
  const pid = livingServer(home);
  if (pid === 0) return;
  signal(pid, 'SIGINT');
  if (await waitUntilGone(pid, STOP_TIMEOUT_MS)) return;
  logger.warn('the database did not stop in time and is being ended at once');
  signal(pid, 'SIGQUIT');
  await waitUntilGone(pid, STOP_TIMEOUT_MS);
}

/**
 * Runs the PostgreSQL that comes with the dependencies on a data folder, made on the first start: unix socket only,
 * password only. A server left by a crash is adopted. Throws FolderInUse while another process runs on the folder, and
 * an Error with a sentence where the cluster can't be made or started.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  logger: Logger;
  guard?: Guard;
}): Promise<EmbeddedPostgres> {
  const { dataDir, logger, guard = unguarded } = options;
  const home = prepareHome(dataDir);
  const lock = lockFolder(home.folder);
  let watch: ReturnType<typeof watchServer>;
  try {
    const binaries = await preparePostgres(home);
    if (await adopt(home)) {
      guard(livingServer(home), ENDING);
      logger.info('adopted the database server of an earlier run');
    } else {
      await ensureCluster(home, binaries);
      readPassword(home);
      await startServer(home, binaries, guard);
    }
    await ensureDatabase(home);
    watch = watchServer({
      lives: () => livingServer(home) !== 0,
      start: () => startServer(home, binaries, guard),
      logger,
    });
  } catch (error) {
    await stopServer(home, logger);
    lock.release();
    throw error;
  }
  // An exit that skips `stop` takes the server along; it replays its log at the next start.
  const end = () => signal(livingServer(home), 'SIGQUIT');
  process.once('exit', end);
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= watch
      .stop()
      .then(() => stopServer(home, logger))
      .finally(() => {
        process.off('exit', end);
        lock.release();
      });
    return stopping;
  };
  return { connectionString: addressOf(home, DATABASE), stop };
}

/** The address of the server that runs on this data folder, by whichever process; null where none answers. */
export async function findEmbedded(dataDir: string): Promise<string | null> {
  const home = prepareHome(dataDir);
  return livingServer(home) !== 0 && (await answers(home)) ? addressOf(home, DATABASE) : null;
}

/** Ends the server of a data folder and removes its database for good. Throws FolderInUse while a process runs on it. */
export async function removeEmbedded(options: { dataDir: string; logger: Logger }): Promise<void> {
  const home = prepareHome(options.dataDir);
  const lock = lockFolder(home.folder);
  await stopServer(home, options.logger);
  rmSync(home.folder, { recursive: true, force: true });
  lock.release();
}
