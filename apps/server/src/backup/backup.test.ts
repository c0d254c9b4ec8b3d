import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDiskBlobs } from '../blob/disk.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDb } from '../db/migrate.ts';
import { appliedMigrations, MIGRATIONS_FOLDER, readMigrations } from '../db/migrations.ts';
import { DEBIAN_POSTGRES, startDebianPostgres } from '../testing/debian-postgres.ts';
import { fillDatabase } from '../testing/filled.ts';
import { readArchive, writeArchive } from './archive.ts';
import { backUp } from './backup.ts';
import { openDatabase } from './open-database.ts';
import { requireRestored, restore } from './restore.ts';
import { listTables } from './tables.ts';

const logger = pino({ level: 'silent' });
const never = new AbortController().signal;
const PICTURE = `${randomUUID()}.webp`;
let folder = '';
let source: EmbeddedPostgres;
let client: pg.Client;
const dataDir = () => join(folder, 'data');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-backup-'));
  chmodSync(folder, 0o755);
  source = await startEmbeddedPostgres({ dataDir: dataDir(), logger });
  await migrateDb(source.connectionString);
  client = new pg.Client({ connectionString: source.connectionString });
  await client.connect();
  await fillDatabase(client, { accounts: 300, updates: 20_000 });
  await client.query("update profile set picture = $1, bio = $2 where handle = 'person_1'", [
    PICTURE,
    'tab\t, line\n, back\\slash, \\N and 漢字 à "quoted"',
  ]);
  await createDiskBlobs(join(dataDir(), 'pictures')).put(PICTURE, new Uint8Array(70_000).fill(7));
  writeFileSync(join(dataDir(), 'sign-in.key'), 'a key of this installation', { mode: 0o600 });
  mkdirSync(join(dataDir(), 'livekit'), { mode: 0o700 });
  writeFileSync(join(dataDir(), 'livekit', 'keys.json'), '{}', { mode: 0o600 });
  writeFileSync(join(dataDir(), 'livekit', 'log'), 'not worth keeping');
}, 60_000);

afterAll(async () => {
  await client.end();
  await source.stop();
  rmSync(folder, { recursive: true });
});

const place = (name: string) => join(folder, `${name}-${randomUUID().slice(0, 8)}`);

async function takeBackup(changed: { signal?: AbortSignal; blobs?: { get(name: string): Promise<null> } } = {}) {
  const file = place('backup.tar.gz');
  const blobs = createDiskBlobs(join(dataDir(), 'pictures'));
  const { connectionString } = source;
  const options = { connectionString, dataDir: dataDir(), blobs, file, version: '1.2.3', signal: never, ...changed };
  return { file, manifest: await backUp(options) };
}

function into(file: string, changed: Partial<Parameters<typeof restore>[0]> = {}) {
  const target = changed.dataDir ?? place('restored');
  const blobs = createDiskBlobs(join(target, 'pictures'));
  return {
    dataDir: target,
    done: restore({ file, dataDir: target, databaseUrl: null, blobs, logger, signal: never, ...changed }),
  };
}

/** Every row of every table, as text, in an order of its own. */
async function contents(connectionString: string): Promise<Record<string, string[]>> {
  const reader = new pg.Client({ connectionString });
  await reader.connect();
  try {
    const found: Record<string, string[]> = {};
    for (const { name } of await listTables(reader)) {
      const { rows } = await reader.query<{ row: string }>(`select t::text as row from public."${name}" t order by 1`);
      found[name] = rows.map(({ row }) => row);
    }
    found.migrations = (await appliedMigrations(reader)).map(String);
    return found;
  } finally {
    await reader.end();
  }
}

/** References, keys and indexes, by their definitions. */
async function shape(connectionString: string): Promise<string[]> {
  const reader = new pg.Client({ connectionString });
  await reader.connect();
  try {
    const { rows } = await reader.query<{ line: string }>(`
      select conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n'
      union all select indexdef from pg_indexes where schemaname = 'public' order by 1`);
    return rows.map(({ line }) => line);
  } finally {
    await reader.end();
  }
}

async function contentsIn(restored: string): Promise<Record<string, string[]>> {
  const server = await startEmbeddedPostgres({ dataDir: restored, logger });
  try {
    expect(await shape(server.connectionString)).toEqual(await shape(source.connectionString));
    return await contents(server.connectionString);
  } finally {
    await server.stop();
  }
}

/** A backup with one entry changed. */
async function tampered(file: string, change: (name: string, bytes: Buffer) => Buffer | null): Promise<string> {
  const changed = place('tampered.tar.gz');
  await writeArchive({
    ...{ file: changed, signal: never },
    async fill(archive) {
      for await (const { name, bytes } of readArchive(file)) {
        const kept = change(name, bytes);
        if (kept) await archive.add(name, kept);
      }
    },
  });
  return changed;
}

const withManifest = (file: string, change: (manifest: Record<string, unknown>) => object) =>
  tampered(file, (name, bytes) =>
    name === 'manifest.json' ? Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString())))) : bytes,
  );

describe('backup and restore', { timeout: 120_000 }, () => {
  test('everything comes back in another folder: rows, pictures, keys', async () => {
    const { file, manifest } = await takeBackup();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(manifest.tables.find(({ name }) => name === 'room_update')?.rows).toBe(20_000);
    const before = await contents(source.connectionString);
    expect(Object.keys(before).length).toBeGreaterThan(10);
    const restored = into(file);
    await restored.done;
    expect(await contentsIn(restored.dataDir)).toEqual(before);
    expect(readFileSync(join(restored.dataDir, 'sign-in.key'), 'utf8')).toBe('a key of this installation');
    expect(statSync(join(restored.dataDir, 'sign-in.key')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(restored.dataDir, 'livekit', 'keys.json'))).toBe(true);
    expect(existsSync(join(restored.dataDir, 'livekit', 'log'))).toBe(false);
    const picture = await createDiskBlobs(join(restored.dataDir, 'pictures')).get(PICTURE);
    expect(picture).toEqual(new Uint8Array(70_000).fill(7));
    expect(() => requireRestored(restored.dataDir)).not.toThrow();
  });

  test.skipIf(!DEBIAN_POSTGRES)(
    'everything comes back in one’s own PostgreSQL 15 (Debian’s), from DATABASE_URL',
    async () => {
      const own = await startDebianPostgres();
      onTestFinished(own.stop);
      const { file } = await takeBackup();
      const before = await contents(source.connectionString);
      await into(file, { databaseUrl: own.connectionString }).done;
      expect(await contents(own.connectionString)).toEqual(before);
      expect(await shape(own.connectionString)).toEqual(await shape(source.connectionString));
      await expect(into(file, { databaseUrl: own.connectionString }).done).rejects.toThrow('is not empty');
      expect(await contents(own.connectionString)).toEqual(before);
    },
  );

  test('while people write, what is kept is one moment', async () => {
    let going = true;
    let written = 0;
    const writing = (async () => {
      while (going) {
        // Two tables in one transaction: a backup that mixed moments would have one without the other.
        const id = randomUUID();
        await client.query('begin');
        await client.query('insert into account (id, email) values ($1, $2)', [id, `${id}@example.org`]);
        await client.query('insert into profile (account_id, handle, handle_skeleton, name) values ($1, $2, $2, $2)', [
          id,
          id,
        ]);
        await client.query('commit');
        written += 1;
      }
    })();
    const { file, manifest } = await takeBackup();
    going = false;
    await writing;
    expect(written).toBeGreaterThan(5);
    const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
    expect(rows('profile')).toBe(rows('account'));
    await into(file).done;
  });

  test('a running server’s database is found, and one that is stopped is started for as long as it takes', async () => {
    const running = await openDatabase({ dataDir: dataDir(), databaseUrl: null, logger });
    expect(running.connectionString).toBe(source.connectionString);
    await running.close();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    const stopped = place('stopped');
    await (await startEmbeddedPostgres({ dataDir: stopped, logger })).stop();
    const opened = await openDatabase({ dataDir: stopped, databaseUrl: null, logger });
    expect(Object.keys(await contents(opened.connectionString))).toEqual(['migrations']);
    await opened.close();
    await expect(openDatabase({ dataDir: place('nothing'), databaseUrl: null, logger })).rejects.toThrow(
      'SALOTTO_DATA',
    );
  });

  test('a folder or file that is in use is refused and left alone', async () => {
    const { file } = await takeBackup();
    const full = place('full');
    mkdirSync(full);
    writeFileSync(join(full, 'mine'), 'mine');
    await expect(into(file, { dataDir: full }).done).rejects.toThrow('is not empty');
    expect(readdirSync(full)).toEqual(['mine']);
    await expect(into(file, { dataDir: dataDir() }).done).rejects.toThrow('is not empty');
    expect((await client.query('select count(*) > 0 as there from account')).rows).toEqual([{ there: true }]);
    await expect(writeArchive({ file, signal: never, fill: async () => {} })).rejects.toThrow('is there already');
  });

  test('a backup that is broken off leaves no file, also in the middle of a table', async () => {
    const stop = new AbortController();
    const blobs = {
      async get() {
        stop.abort();
        return null;
      },
    };
    const before = readdirSync(folder);
    await expect(takeBackup({ signal: stop.signal, blobs })).rejects.toThrow('aborted');
    expect(readdirSync(folder)).toEqual(before);
    const later = new AbortController();
    setTimeout(() => later.abort(), 30);
    await expect(takeBackup({ signal: later.signal })).rejects.toThrow('aborted');
    expect(readdirSync(folder)).toEqual(before);
    const text =
      "select count(*)::int as n from pg_stat_activity where query like 'copy %' or state = 'idle in transaction'";
    await vi.waitFor(async () => expect((await client.query(text)).rows).toEqual([{ n: 0 }]), 5_000);
  });

  test('damage is found before anything is written', async () => {
    const { file } = await takeBackup();
    const whole = readFileSync(file);
    const cut = place('cut.tar.gz');
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const flipped = await tampered(file, (name, bytes) => {
      if (name.startsWith('database/room_update/')) bytes[100] = (bytes[100] ?? 0) ^ 1;
      return bytes;
    });
    const without = await tampered(file, (name, bytes) => (name.startsWith('pictures/') ? null : bytes));
    const endless = await tampered(file, (name, bytes) => (name === 'manifest.json' ? null : bytes));
    const other = place('other.txt');
    writeFileSync(other, 'a letter');
    for (const [broken, sentence] of [
      [cut, 'is damaged'],
      [flipped, 'is not what was written'],
      [without, 'is not what was written'],
      [endless, 'is not whole'],
      [other, 'no backup'],
      [place('missing'), 'There is no file'],
    ] as const) {
      const restored = into(broken);
      await expect(restored.done).rejects.toThrow(sentence);
      expect(existsSync(restored.dataDir)).toBe(false);
    }
  });

  test('a backup of a newer schema or format is refused', async () => {
    const { file } = await takeBackup();
    const newer = await withManifest(file, (manifest) => ({ ...manifest, migrations: [1, 9_999_999_999_999] }));
    await expect(into(newer).done).rejects.toThrow('newer Salotto (1.2.3)');
    await expect(into(await withManifest(file, (manifest) => ({ ...manifest, format: 2 }))).done).rejects.toThrow(
      'newer format',
    );
  });

  test('a backup of an older schema is brought up to this one', async () => {
    const migrationsFolder = place('migrations');
    cpSync(MIGRATIONS_FOLDER, migrationsFolder, { recursive: true });
    const journalFile = join(migrationsFolder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
    const when = (readMigrations().at(-1)?.id ?? 0) + 1_000;
    journal.entries.push({ idx: 99, version: '7', when, tag: '0099_later', breakpoints: true });
    writeFileSync(journalFile, JSON.stringify(journal));
    writeFileSync(
      join(migrationsFolder, '0099_later.sql'),
      `alter table profile add column motto text default 'none' not null;--> statement-breakpoint\nupdate profile set motto = name;`,
    );
    const { file } = await takeBackup();
    const restored = into(file, { migrationsFolder });
    await restored.done;
    const server = await startEmbeddedPostgres({ dataDir: restored.dataDir, logger });
    onTestFinished(server.stop);
    await migrateDb(server.connectionString, migrationsFolder);
    const reader = new pg.Client({ connectionString: server.connectionString });
    await reader.connect();
    const { rows } = await reader.query('select count(*)::int as same from profile where motto = name');
    expect(rows[0].same).toBeGreaterThanOrEqual(300);
    await reader.end();
    await expect(migrateDb(server.connectionString)).rejects.toThrow('newer Salotto');
  });

  test('a restore that fails at the end leaves an empty folder, one that is killed can be run again', async () => {
    const { file, manifest } = await takeBackup();
    const wrong = await withManifest(file, (found) => ({
      ...found,
      tables: manifest.tables.map((table) => ({ ...table, rows: table.name === 'verification' ? 1 : table.rows })),
    }));
    const target = place('again');
    mkdirSync(target);
    await expect(into(wrong, { dataDir: target }).done).rejects.toThrow('0 of 1 rows of verification');
    expect(readdirSync(target)).toEqual([]);

    const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      import { restore } from ${url('./restore.ts')};
      import { pino } from 'pino';
      const blobs = { async put() { process.kill(process.pid, 'SIGKILL'); } };
      await restore({ file: ${JSON.stringify(file)}, dataDir: ${JSON.stringify(target)}, databaseUrl: null, blobs, logger: pino({ level: 'silent' }), signal: new AbortController().signal });`;
    const killed = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: 'inherit',
    });
    const [, by] = await once(killed, 'exit');
    expect(by).toBe('SIGKILL');
    expect(() => requireRestored(target)).toThrow('has not finished');
    await into(file, { dataDir: target }).done;
    expect(await contentsIn(target)).toEqual(await contents(source.connectionString));
  });

  test('a picture that was deleted meanwhile is no longer named', async () => {
    const { file, manifest } = await takeBackup({ blobs: { get: async () => null } });
    expect(manifest.picturesGone).toEqual([PICTURE]);
    const restored = into(file);
    await restored.done;
    const rows = await contentsIn(restored.dataDir);
    expect(rows.profile?.some((row) => row.includes(PICTURE))).toBe(false);
  });
});
