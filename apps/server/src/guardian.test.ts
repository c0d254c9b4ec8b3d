import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEnv, readMachine, toConfig } from './config.ts';
import { startGuardian } from './guardian.ts';
import { launch } from './launch.ts';
import { LIVEKIT_VERSION } from './media/livekit-version.ts';
import { commandOf, isAlive, startMark, waitUntilGone } from './processes.ts';
import { sparePort } from './testing/ports.ts';

/** What an administrator is promised. */
const WITHIN_MS = 5_000;
const logger = pino({ level: 'silent' });
const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
const spawned: ChildProcess[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-guardian-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL');
  for (const pid of Object.values(pids())) if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A livekit-server that says its version, answers where its configuration says, and ends only when killed. */
function standIn(): string {
  const file = join(folder, 'livekit-server');
  const source = `#!${process.execPath}
if (process.argv[2] === '--version') console.log('livekit-server version ${LIVEKIT_VERSION}');
else {
  process.on('SIGTERM', () => undefined);
  const port = /^port: (\\d+)$/m.exec(require('node:fs').readFileSync(process.argv[3], 'utf8'))[1];
  require('node:http').createServer((q, s) => s.end('OK')).listen(Number(port), '127.0.0.1');
}
`;
  writeFileSync(file, source, { mode: 0o755 });
  return file;
}

async function launchOptions() {
  const env = { SALOTTO_DATA: join(folder, 'data'), LIVEKIT_SERVER: standIn() };
  const config = toConfig(readEnv({ ...env, LIVEKIT_UDP_PORT: '0', LIVEKIT_TCP_PORT: '0' }, []));
  return { ...config, privatePort: await sparePort() };
}

/** A process that launches everything on the folder, with robots that do not notice the end of their parent. */
async function startParent(): Promise<ChildProcess> {
  const config = await launchOptions();
  const robots = join(folder, 'robots.mjs');
  const deaf =
    "require('node:fs').writeFileSync(process.argv[2], String(process.pid)); setInterval(() => undefined, 1000)";
  writeFileSync(robots, `import { createRequire } from 'node:module'; const require = createRequire('/'); ${deaf}`);
  const script = `
    import { launch } from ${here('./launch.ts')};
    import { readMachine } from ${here('./config.ts')};
    import { startRobots } from ${here('./demo/robots-process.ts')};
    import { pino } from 'pino';
    const logger = pino({ level: 'silent' });
    await launch({
      config: ${JSON.stringify(config)}, machine: readMachine({}), logger, progress() {},
      signal: new AbortController().signal,
      async createServer({ guard }) {
        startRobots({ program: ${JSON.stringify(robots)}, origin: ${JSON.stringify(join(folder, 'robots.pid'))}, folder: '-', logger, guard });
        return { port: 1, mailboxKey: null, async stop() {} };
      },
    });
    process.stdout.write('ready');
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  spawned.push(parent);
  await once(parent.stdout, 'data');
  await vi.waitFor(() => expect(existsSync(join(folder, 'robots.pid'))).toBe(true), 10_000);
  return parent;
}

/** Who runs on the folder, by what they noted; 0 where nothing is noted. */
function pids() {
  const read = (...path: string[]) => {
    try {
      return Number(readFileSync(join(folder, ...path), 'utf8').split('\n', 1)[0]);
    } catch {
      return 0;
    }
  };
  return {
    guardian: read('data', 'guardian'),
    livekit: read('data', 'livekit', 'pid'),
    postgres: read('data', 'postgres', 'cluster', 'postmaster.pid'),
    robots: read('robots.pid'),
  };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the guardian', { timeout: 60_000 }, () => {
  test('ends every child within five seconds when the server was killed, and what was written stays', async () => {
    const parent = await startParent();
    const { guardian, ...children } = pids();
    for (const pid of Object.values(children)) expect(isAlive(pid)).toBe(true);
    const began = performance.now();
    await kill(parent);
    for (const pid of Object.values(children)) expect(await waitUntilGone(pid, WITHIN_MS)).toBe(true);
    expect(performance.now() - began).toBeLessThan(WITHIN_MS);
    expect(await waitUntilGone(guardian, 2_000)).toBe(true);
    // A fast shutdown took its note away: no log has to be replayed.
    expect(existsSync(join(folder, 'data', 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  });

  test('a start right after a kill waits for the end of what is being stopped', async () => {
    const parent = await startParent();
    const before = pids();
    await kill(parent);
    await startParent();
    const after = pids();
    expect(isAlive(before.postgres)).toBe(false);
    expect(after.postgres).not.toBe(before.postgres);
    expect(isAlive(after.postgres) && isAlive(after.livekit)).toBe(true);
  });

  test('with server and guardian both killed, the next start adopts the database and replaces the rest', async () => {
    const parent = await startParent();
    const before = pids();
    process.kill(before.guardian, 'SIGKILL');
    await kill(parent);
    expect(isAlive(before.postgres) && isAlive(before.livekit)).toBe(true);

    const second = await startParent();
    const after = pids();
    expect(after.postgres).toBe(before.postgres);
    expect(after.livekit).not.toBe(before.livekit);
    expect(isAlive(before.livekit)).toBe(false);
    await kill(second);
    for (const pid of [after.postgres, after.livekit]) expect(await waitUntilGone(pid, WITHIN_MS)).toBe(true);
    process.kill(before.robots, 'SIGKILL');
  });

  test('a second server is refused while one runs, and again after the first was killed and replaced', async () => {
    const parent = await startParent();
    const options = {
      ...{ config: await launchOptions(), machine: readMachine({}), logger, progress: () => undefined },
      signal: new AbortController().signal,
      createServer: async () => ({ port: 1, mailboxKey: null, async stop() {} }),
    };
    await expect(launch(options)).rejects.toThrow(`already runs on ${join(folder, 'data')} `);
    await kill(parent);
    const running = await launch(options);
    try {
      await expect(launch(options)).rejects.toThrow('already runs');
    } finally {
      await running.stop();
    }
    expect(pids()).toMatchObject({ guardian: 0, livekit: 0, postgres: 0 });
  });

  test('a guardian that is killed is replaced and knows the children', async () => {
    const parent = await startParent();
    const { guardian, postgres, livekit } = pids();
    process.kill(guardian, 'SIGKILL');
    await vi.waitFor(() => expect(pids().guardian).not.toBe(guardian), 20_000);
    await kill(parent);
    for (const pid of [postgres, livekit]) expect(await waitUntilGone(pid, WITHIN_MS)).toBe(true);
  });

  test('never ends a process that only has the id of a child', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    spawned.push(stranger);
    const pid = stranger.pid ?? 0;
    const guardian = spawn(process.execPath, [join(import.meta.dirname, 'guardian-main.ts')], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    spawned.push(guardian);
    const child = { pid, mark: `${startMark(pid)}1`, ask: 'SIGKILL', force: 'SIGKILL' };
    guardian.stdin.end(`${JSON.stringify([child])}\n`);
    await once(guardian, 'exit');
    expect(isAlive(pid)).toBe(true);
  });

  test('ends when it is no longer needed, and lets go of what has ended', async () => {
    const guardian = await startGuardian({ dataDir: folder, logger });
    const pid = Number(readFileSync(join(folder, 'guardian'), 'utf8').split('\n', 1)[0]);
    expect(commandOf(pid)).toContain('guardian-main');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    spawned.push(child);
    const release = guardian.guard(child.pid);
    release();
    await guardian.stop();
    expect(isAlive(pid)).toBe(false);
    expect(isAlive(child.pid ?? 0)).toBe(true);
  });
});

test('the note of a dead database server whose id another program has now is no obstacle', {
  timeout: 60_000,
}, async () => {
  const { startEmbeddedPostgres } = await import('./db/embedded.ts');
  const dataDir = join(folder, 'data');
  const first = await startEmbeddedPostgres({ dataDir, logger });
  await first.stop();
  const note = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  // As after a crash of the machine: PostgreSQL's note, and its id given to somebody else.
  writeFileSync(note, `${process.pid}\n${join(dataDir, 'postgres', 'cluster')}\n1\n5432\n`, { mode: 0o600 });
  const second = await startEmbeddedPostgres({ dataDir, logger });
  const client = new pg.Client({ connectionString: second.connectionString });
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  await second.stop();
});
