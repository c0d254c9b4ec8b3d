import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { LAST_BACKUP } from '../backup/last-backup.ts';
import { MailNotSent } from '../mail/mailer.ts';
import { createTestServer, type TestServer } from '../testing/server.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const Rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const Dashboard = z.object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) });
const rules = Rules.parse(parse(read('ops/alerts.yml'))).groups.flatMap((group) => group.rules);
const expressions = Dashboard.parse(JSON.parse(read('ops/grafana-dashboard.json'))).panels.flatMap(({ targets }) =>
  targets.map(({ expr }) => expr),
);

let house: TestServer;
beforeAll(async () => {
  const send = async () => {
    throw new MailNotSent();
  };
  house = await createTestServer({ mailer: { kind: 'smtp', send, close: async () => undefined } });
});
afterAll(() => house.close());

async function metrics(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${house.server.privatePort}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
}

const figureOf = (text: string, series: string): number => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length + 1));
};

test('every metric that an alert or the dashboard names is there', async () => {
  const named = new Set(
    [...rules.map(({ expr }) => expr), ...expressions].flatMap(
      (expression) => expression.match(/\b(?:salotto|nodejs|process)_[a-z0-9_]+/g) ?? [],
    ),
  );
  expect(named.size).toBeGreaterThan(15);
  const text = await metrics();
  const known = new Set([...text.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name));
  const missing = [...named].filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')));
  expect(missing).toEqual([]);
});

test('every alert is explained, and every series of our own is used', async () => {
  const guide = read('docs/OPERATIONS.md');
  expect(rules.map(({ alert }) => alert).filter((alert) => !guide.includes(`**${alert}**`))).toEqual([]);
  const used = [...rules.map(({ expr }) => expr), ...expressions].join('\n');
  const own = [...(await metrics()).matchAll(/^# HELP (salotto_\S+)/gm)].map(([, name]) => name ?? '');
  expect(own.filter((name) => !used.includes(name))).toEqual([]);
});

test('calls, refusals and mails that fail are counted, and nobody is named', async () => {
  const marta = await house.person();
  await marta.rpc.account.me();
  await expect(house.client().follow.follow({ accountId: marta.id })).rejects.toThrow();
  await expect(house.client().account.requestCode({ email: 'wei@example.org', locale: 'en' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  const text = await metrics();
  expect(figureOf(text, 'salotto_call_seconds_count{procedure="account.me"}')).toBe(1);
  expect(figureOf(text, 'salotto_calls_refused_total{code="UNAVAILABLE"}')).toBe(1);
  expect(figureOf(text, 'salotto_mails_failed_total')).toBe(1);
  expect(figureOf(text, 'salotto_database_up')).toBe(1);
  expect(figureOf(text, 'salotto_disk_free_bytes')).toBeGreaterThan(0);
  expect(text).not.toContain(marta.id);
  expect(text).not.toContain('example.org');
});

test('there is no age of a backup where there was none', async () => {
  expect(figureOf(await metrics(), 'salotto_last_backup_seconds')).toBeNaN();
  writeFileSync(join(house.server.ctx.config.dataDir, LAST_BACKUP), '1700000000\n');
  expect(figureOf(await metrics(), 'salotto_last_backup_seconds')).toBe(1_700_000_000);
});
