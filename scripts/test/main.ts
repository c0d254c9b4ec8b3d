import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLivekit, startTestPostgres } from '../../apps/server/src/testing/index.ts';
import { runScript, say } from '../lib/stop.mjs';
import { ensureWebBuild } from '../lib/web-build.mjs';
import { type Check, checks } from './checks.ts';
import { ensureChromium } from './chromium.ts';
import { tool } from './command.ts';

type Counts = { passed: number; failed: number; skipped: number };

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const seconds: [name: string, seconds: number][] = [];

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    seconds.push([name, (performance.now() - began) / 1000]);
  }
}

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

async function runCheck(check: Check): Promise<void> {
  const { code, output } = await timed(check.name, check.run);
  add({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  if (code !== 0) say(`✗ ${check.name}\n${output.trim()}`);
}

/** Two at a time: each is one process that mostly uses one core. */
async function runChecks(): Promise<void> {
  const left = [...checks];
  const work = async () => {
    for (let check = left.shift(); check; check = left.shift()) await runCheck(check);
  };
  await Promise.all([work(), work()]);
}

type Run = { args: readonly string[]; env: NodeJS.ProcessEnv; quiet?: boolean };

/** One vitest run. When it ends without having counted, that is one failure. `quiet`: what it says is said at its end. */
async function vitest(name: string, { args, env, quiet }: Run): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'salotto-counts-'));
  const file = join(folder, 'counts.json');
  const reporters = ['--reporter=default', '--reporter=./scripts/test/count-reporter.mjs'];
  try {
    const options = { env: { ...env, SALOTTO_TEST_COUNTS: file }, quiet };
    const { code, output } = await timed(name, () => tool('vitest', ['run', ...args, ...reporters], options));
    if (quiet) say(output.trim());
    const counts = read(file);
    add(counts ?? { passed: 0, failed: 1, skipped: 0 });
    if (code !== 0 && counts?.failed === 0) add({ passed: 0, failed: 1, skipped: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(file: string): Counts | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const endToEnd = (project: string) => ['--config', 'e2e/vitest.config.ts', '--project', project];

/** One PostgreSQL and one browser for the whole run. */
async function runTests(): Promise<void> {
  const chromium = await timed('browser', ensureChromium);
  const postgres = await timed('services', async () => {
    await ensureLivekit();
    return startTestPostgres();
  });
  const env = {
    SALOTTO_CHROMIUM: chromium,
    SALOTTO_TEST_DATABASE_URL: postgres.connectionString,
  };
  try {
    await timed('web build', () => ensureWebBuild());
    // By itself: much of it has to happen within a second.
    await vitest('unit and service tests', { args: [], env });
    await Promise.all([
      vitest('end to end: screens', { args: endToEnd('screens'), env }),
      // Networks that are gone and come back take the same time beside whatever else runs.
      vitest('end to end: waiting', { args: endToEnd('waiting'), env, quiet: true }),
    ]);
    await vitest('end to end: sound', { args: endToEnd('sound'), env });
  } finally {
    await postgres.stop();
  }
}

await runScript(async () => {
  const quick = process.argv.includes('--quick');
  await runChecks();
  if (quick) await vitest('unit and service tests', { args: [], env: {} });
  else await runTests();
  say(seconds.map(([name, value]) => `${value.toFixed(1).padStart(7)} s  ${name}`).join('\n'));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return total.failed === 0 ? 0 : 1;
});
