import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../testing/postgres.ts';
import { migrateDb } from './migrate.ts';
import { MIGRATIONS_FOLDER, readMigrations } from './migrations.ts';

const PROCESSES = 4;
let server: TestPostgres;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-migrate-'));
  server = await startTestPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function newDatabase(name: string): Promise<string> {
  await query(server.connectionString, `create database ${name}`);
  return server.connectionString.replace('@/salotto?', `@/${name}?`);
}

/** This build's migrations and one that a later build has. */
function laterMigrations(sql: string): string {
  const later = join(folder, `later-${Math.random()}`);
  cpSync(MIGRATIONS_FOLDER, later, { recursive: true });
  const journalFile = join(later, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  const when = (readMigrations().at(-1)?.id ?? 0) + 1_000;
  journal.entries.push({ idx: 99, version: '7', when, tag: '0099_later', breakpoints: true });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(later, '0099_later.sql'), sql);
  return later;
}

test(`${PROCESSES} processes that start together migrate once`, async () => {
  const url = await newDatabase('together');
  const script = `
    import { migrateDb } from ${JSON.stringify(new URL('./migrate.ts', import.meta.url).href)};
    process.stdin.once('data', async () => { await migrateDb(${JSON.stringify(url)}); process.stdin.destroy(); });
    process.stdout.write('ready');`;
  const processes = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  await Promise.all(processes.map(({ stdout }) => once(stdout, 'data')));
  const ends = processes.map((child) => once(child, 'exit'));
  for (const { stdin } of processes) stdin.write('go');
  expect((await Promise.all(ends)).map(([code]) => code)).toEqual(processes.map(() => 0));
  const notes = await query<{ hash: string }>(url, 'select hash from drizzle.__drizzle_migrations order by id');
  expect(notes.map(({ hash }) => hash)).toEqual(readMigrations().map(({ hash }) => hash));
}, 60_000);

test('an older build leaves a newer database alone, with a sentence', async () => {
  const url = await newDatabase('newer');
  const later = laterMigrations('alter table room add column colour text;');
  await migrateDb(url, later);
  await migrateDb(url, later);
  await expect(migrateDb(url)).rejects.toThrow('newer Salotto');
  const columns = await query(url, "select from information_schema.columns where column_name = 'colour'");
  expect(columns).toHaveLength(1);
});

test('a migration that fails leaves nothing of itself', async () => {
  const url = await newDatabase('broken');
  await migrateDb(url);
  const broken = laterMigrations('create table half (id int);--> statement-breakpoint\nselect 1 / 0;');
  await expect(migrateDb(url, broken)).rejects.toThrow('division by zero');
  expect(await query(url, "select to_regclass('half')::text as half")).toEqual([{ half: null }]);
  await migrateDb(url);
});
