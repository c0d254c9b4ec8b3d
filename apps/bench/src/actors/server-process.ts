import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildPerson,
  createTestDb,
  endProcess,
  serverReady,
  signInAs,
  sparePort,
  startTestLivekit,
  type TestDb,
  type TestLivekit,
} from '@salotto/server/testing';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const START_MS = 90_000;
const STOP_MS = 10_000;
/** Of the kernel's clock in which /proc counts processor time. */
const TICKS_PER_SECOND = 100;

export type BenchServer = {
  origin: string;
  readonly pid: number;
  livekit: TestLivekit;
  db: TestDb['db'];
  /** Somebody with a profile, signed in: the `Cookie` header of their device. */
  person(name?: string): Promise<{ id: string; name: string; cookie: string }>;
  /** Processor time that the server has used so far, in seconds; NaN where the system does not tell. */
  cpuSeconds(): number;
  /** Ends it as a crash does, and starts it again on the same ports. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The whole server as a process of its own, with a PostgreSQL and a LiveKit of its own, on loopback. It believes the
 * forwarding headers of loopback, so that a bench can come from as many addresses as people would.
 */
export async function startServerProcess(options: { mixers?: 0 | 1 } = {}): Promise<BenchServer> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const database = await createTestDb();
    ends.push(database.close);
    const [port, privatePort] = [await sparePort(), await sparePort()];
    const livekit = await startTestLivekit({ webhookUrl: `http://127.0.0.1:${privatePort}/livekit/webhook` });
    ends.push(livekit.stop);
    const dataDir = await mkdtemp(join(tmpdir(), 'salotto-bench-'));
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const env = {
      ...process.env,
      // A socket's address has no host; with one, every reader of addresses understands it.
      DATABASE_URL: database.connectionString.replace('@/', '@localhost/'),
      ...{ LIVEKIT_URL: livekit.url, LIVEKIT_API_KEY: livekit.apiKey, LIVEKIT_API_SECRET: livekit.apiSecret },
      ...{ SALOTTO_DATA: dataDir, PORT: String(port), PRIVATE_PORT: String(privatePort) },
      ...{ TRUSTED_PROXIES: '127.0.0.1', MIXERS: String(options.mixers ?? 0), LOG_LEVEL: 'error' },
      ...{ PUBLIC_URL: '', SMTP_URL: '', HOST: '' },
    };
    const launch = async () => {
      const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      ends.push(() => endProcess(child, { withinMs: STOP_MS }));
      await serverReady(child, { withinMs: START_MS });
      return child;
    };
    let child = await launch();
    return {
      origin: `http://127.0.0.1:${port}`,
      get pid() {
        return child.pid ?? 0;
      },
      livekit,
      db: database.db,
      async person(name) {
        const made = await buildPerson(database.db, name ? { name } : {});
        const { cookie } = await signInAs(database.db, made);
        return { id: made.id, name: made.name, cookie };
      },
      cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
      async crash() {
        await endProcess(child, { withinMs: STOP_MS, signal: 'SIGKILL' });
        child = await launch();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An address of the net that is reserved for benchmarks, another for each number. */
export const addressOf = (n: number): string => `198.18.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`;

export function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}
