import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isAlive } from '../processes.ts';
import { startRobots } from './robots-process.ts';

let folder: string;
const logger = pino({ level: 'silent' });

/** Notes its process id and its arguments, and ends when its standard input does. */
const PROGRAM = `
import { appendFileSync } from 'node:fs';
const [origin, folder] = process.argv.slice(2);
appendFileSync(folder + '/started', process.pid + ' ' + origin + '\\n');
process.stdin.on('end', () => process.exit(0)).resume();
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salotto-robots-'));
  await writeFile(join(folder, 'program.mjs'), PROGRAM);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const start = () =>
  startRobots({ ...{ folder, logger }, program: join(folder, 'program.mjs'), origin: 'http://here', firstPauseMs: 20 });

async function started(count: number): Promise<number[]> {
  const lines = await vi.waitFor(
    async () => {
      const text = await readFile(join(folder, 'started'), 'utf8');
      const found = text.trim().split('\n');
      expect(found.length).toBeGreaterThanOrEqual(count);
      return found;
    },
    { timeout: 20_000 },
  );
  for (const line of lines) expect(line).toMatch(/^\d+ http:\/\/here$/);
  return lines.map((line) => Number.parseInt(line, 10));
}

it('ends its process when it stops', async () => {
  const robots = start();
  const [pid = 0] = await started(1);
  expect(isAlive(pid)).toBe(true);
  await robots.stop();
  expect(isAlive(pid)).toBe(false);
});

it('starts it again when it ended by itself, and not after a stop', async () => {
  const robots = start();
  const [first = 0] = await started(1);
  process.kill(first, 'SIGKILL');
  const [, second = 0] = await started(2);
  expect(second).not.toBe(first);
  await robots.stop();
  expect(isAlive(second)).toBe(false);
  expect(await started(2)).toHaveLength(2);
});
