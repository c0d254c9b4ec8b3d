import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Blobs } from '../blob/blobs.ts';
import { removeEmbedded, startEmbeddedPostgres } from '../db/embedded.ts';
import { openLoneClient } from '../db/lone-client.ts';
import { lockSchema, type Migration, readMigrations } from '../db/migrations.ts';
import { checkOwnDatabase } from '../db/own-database.ts';
import { lockFolder } from '../folder-lock.ts';
import { type Guard, startGuardian } from '../guardian.ts';
import type { Logger } from '../logger.ts';
import { StartError } from '../start-error.ts';
import { load, requireEmpty } from './load.ts';
import type { Manifest } from './manifest.ts';
import { verifyBackup } from './verify.ts';

export type RestoreOptions = {
  file: string;
  dataDir: string;
  /** Null: the embedded PostgreSQL, made in the data folder. */
  databaseUrl: string | null;
  blobs: Pick<Blobs, 'put'>;
  logger: Logger;
  signal: AbortSignal;
  migrationsFolder?: string;
};

/** Says that a restore into this folder is under way, or was broken off. */
const MARK = 'restoring';

/** Throws a StartError while a restore into the data folder has not finished. */
export function requireRestored(dataDir: string): void {
  if (!existsSync(join(dataDir, MARK))) return;
  throw new StartError(
    `A restore into ${dataDir} has not finished. Run it again (npm run restore -- FILE), or remove the folder.`,
  );
}

/**
 * Puts a backup into an empty data folder and an empty database: all of it, or nothing. Every checksum is compared
 * before anything is written, and the rows are committed last. Throws a StartError with a sentence.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { file, dataDir, databaseUrl, logger, signal } = options;
  const migrations = readMigrations(options.migrationsFolder);
  if (databaseUrl) await checkOwnDatabase(databaseUrl);
  const manifest = await verifyBackup(file, migrations);
  signal.throwIfAborted();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataDir);
  try {
    const guardian = await startGuardian({ dataDir, logger });
    try {
      await takeFolder(dataDir, logger);
      await put({ ...options, manifest, migrations, guard: guardian.guard }).catch(async (error) => {
        await clear(dataDir, databaseUrl ? null : logger);
        throw error;
      });
      rmSync(join(dataDir, MARK));
      return manifest;
    } finally {
      await guardian.stop();
    }
  } finally {
    lock.release();
  }
}

const isRunning = (name: string): boolean => name === 'guardian' || /^lock($|\.)/.test(name);

/** Marks the folder, which must be empty but for what a restore that was broken off left there. */
async function takeFolder(dataDir: string, logger: Logger): Promise<void> {
  const mark = join(dataDir, MARK);
  if (existsSync(mark)) await clear(dataDir, logger);
  else if (readdirSync(dataDir).some((name) => !isRunning(name))) {
    throw new StartError(`${dataDir} is not empty: restore into a new folder (SALOTTO_DATA). Nothing was changed.`);
  }
  writeFileSync(mark, 'A restore into this folder has not finished.\n', { mode: 0o600 });
}

/** Removes all that a restore has made: the folder was empty before. With a logger: the embedded database too. */
async function clear(dataDir: string, logger: Logger | null): Promise<void> {
  if (logger) await removeEmbedded({ dataDir, logger });
  const names = readdirSync(dataDir).filter((name) => !isRunning(name) && name !== MARK);
  for (const name of names) await rm(join(dataDir, name), { recursive: true, force: true });
  // The last to go: what remains after a failure here is still known for what it is.
  await rm(join(dataDir, MARK), { force: true });
}

async function put(
  options: RestoreOptions & { manifest: Manifest; migrations: readonly Migration[]; guard: Guard },
): Promise<void> {
  const { dataDir, databaseUrl, logger, guard } = options;
  if (databaseUrl) return fill(databaseUrl, (client) => load({ ...options, client }));
  const embedded = await startEmbeddedPostgres({ dataDir, logger, guard });
  try {
    await fill(embedded.connectionString, (client) => load({ ...options, client }));
  } finally {
    await embedded.stop();
  }
}

async function fill(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const { client, close, abandon } = await openLoneClient(connectionString);
  try {
    await client.query('begin');
    await lockSchema(client);
    await requireEmpty(client);
    await work(client);
    await client.query('commit');
  } catch (error) {
    abandon();
    throw error;
  }
  // Only for the planner: the rows are there.
  await client.query('analyze').catch(() => undefined);
  await close().catch(() => undefined);
}
