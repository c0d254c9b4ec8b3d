import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { readEnv, readMachine, toConfig } from '../config.ts';
import { renderLivekitConfig } from '../media/livekit-config.ts';
import { findLivekitServer } from '../media/livekit-find.ts';
import { sparePort } from './ports.ts';

export type TestLivekit = {
  url: string;
  apiKey: string;
  apiSecret: string;
  pid: number | null;
  /** Where sound arrives, on 127.0.0.1. */
  udpPort: number;
  restart(): Promise<void>;
  /** As a crash: no leave, no goodbye. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const START_MS = 15_000;

/**
 * A LiveKit for one server: set up as the supervised one, on loopback and free ports. Never for two: each would close the
 * rooms of the other, which it does not know.
 */
export async function startTestLivekit({
  webhookUrl,
  binary,
  anyCodec = false,
  mediaIp,
}: {
  webhookUrl?: string;
  binary?: string;
  /** As an operator's own LiveKit may be set up: pictures are possible. */
  anyCodec?: boolean;
  /**
   * Clients are told to bring their sound here, to the same port, where something must pass it on to 127.0.0.1. LiveKit
   * then looks for no way to them by itself, and there is none but UDP.
   */
  mediaIp?: string;
} = {}): Promise<TestLivekit> {
  const command = binary ?? (await ensureLivekit());
  const [port, tcpPort, udpPort] = [await sparePort(), await sparePort(), await sparePort('udp')];
  const keys = { apiKey: 'test', apiSecret: randomBytes(24).toString('hex') };
  const config = parse(
    renderLivekitConfig({
      ...{ address: { loopback: true }, port, tcpPort, udpPort, keys },
      webhookUrl: webhookUrl ?? 'http://127.0.0.1:9/nobody-listens',
    }),
  );
  if (!webhookUrl) delete config.webhook;
  if (anyCodec) delete config.room.enabled_codecs;
  if (mediaIp) Object.assign(config.rtc, { node_ip: mediaIp, use_ice_lite: true, tcp_port: 0 });
  config.logging = { level: 'error' };
  const url = `http://127.0.0.1:${port}`;
  let child = await start();

  return {
    url,
    ...keys,
    udpPort,
    get pid() {
      return child.pid ?? null;
    },
    async restart() {
      await end(child, 'SIGKILL');
      child = await start();
    },
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGKILL'),
  };

  async function start(): Promise<ChildProcess> {
    const started = spawn(command, [], {
      env: { ...process.env, LIVEKIT_CONFIG: stringify(config) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    const until = Date.now() + START_MS;
    while (!(await answers(url))) {
      if (started.exitCode !== null || Date.now() > until) {
        await end(started, 'SIGKILL');
        throw new Error(`livekit-server did not start: ${said}`);
      }
      await wait(20);
    }
    return started;
  }
}

/** The program, downloaded where it is not here yet: once, before several tests would do so at the same time. */
export function ensureLivekit(): Promise<string> {
  const { env } = process;
  return findLivekitServer({
    config: toConfig(readEnv(env, [])),
    machine: readMachine(env),
    progress: (line) => process.stderr.write(`${line}\n`),
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(500) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
