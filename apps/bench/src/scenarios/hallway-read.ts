import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { type BenchServer, startServerProcess } from '../actors/server-process.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const ROOMS = 50;
const LISTENERS = 3;
const CONNECTIONS = 20;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 6_000;
const PLAIN = fileURLToPath(new URL('../actors/plain-server.ts', import.meta.url));

/** The hallway, read by many at once, beside a plain route that answers with the same bytes. */
export async function hallwayRead(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  try {
    say(`${ROOMS} rooms open…`);
    await inTurn(Array.from({ length: ROOMS }), 5, (_, n) => openRoom(server, n));
    const { cookie } = await server.person('Marta Nowak');
    const caller = createCaller({ origin: server.origin, cookie });
    const { status, body } = await caller.call('GET', '/api/hallway');
    caller.close();
    const shown = status === 200 ? (JSON.parse(body) as { rooms: unknown[] }).rooms.length : 0;

    say('The plain route…');
    const plain = await startPlain(body);
    const beside = await read({ origin: plain.origin, path: '/hallway' }).finally(plain.stop);
    say('The hallway…');
    const cpuBefore = server.cpuSeconds();
    const own = await read({ origin: server.origin, path: '/api/hallway', cookie });
    const cpu = server.cpuSeconds() - cpuBefore;
    return [
      aimed('rooms in the hallway', shown, 'rooms', { atLeast: ROOMS }),
      figure('answer', Buffer.byteLength(body) / 1024, 'KiB'),
      aimed('refused or failed', own.failed, 'calls', { atMost: 0 }),
      figure('hallway', own.perSecond, '1/s'),
      figure('hallway p50', percentile(own.times, 0.5), 'ms'),
      figure('hallway p95', percentile(own.times, 0.95), 'ms'),
      figure('hallway, server processor time', (1000 * cpu) / own.calls, 'ms per call'),
      figure('plain route', beside.perSecond, '1/s'),
      figure('plain route p50', percentile(beside.times, 0.5), 'ms'),
      figure('plain route p95', percentile(beside.times, 0.95), 'ms'),
      figure('hallway, of the plain route', (100 * own.perSecond) / beside.perSecond, '%'),
    ];
  } finally {
    await server.stop();
  }
}

async function openRoom(server: BenchServer, n: number): Promise<void> {
  const { origin } = server;
  const starter = createCaller({ origin, cookie: (await server.person()).cookie });
  const room = { title: `Room number ${n + 1}, and what it is about`, locale: 'en', key: randomUUID() };
  const { roomId } = await expectOk<{ roomId: string }>(starter.call('POST', '/api/rooms', room));
  starter.close();
  for (let listener = 0; listener < LISTENERS; listener += 1) {
    const caller = createCaller({ origin, cookie: (await server.person()).cookie });
    await expectOk(caller.call('POST', `/api/rooms/${roomId}/join`));
    caller.close();
  }
}

async function startPlain(body: string) {
  const child = spawn(process.execPath, [PLAIN], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(body);
  const [line] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  return { origin: `http://127.0.0.1:${line.toString().trim()}`, stop: () => void child.kill() };
}

/** Each connection asks again as soon as it has its answer. */
async function read(options: { origin: string; path: string; cookie?: string }) {
  const { origin, path, cookie } = options;
  const begun = performance.now() + WARM_UP_MS;
  const until = begun + MEASURED_MS;
  const times: number[] = [];
  let failed = 0;
  let calls = 0;
  await inTurn(Array.from({ length: CONNECTIONS }), CONNECTIONS, async () => {
    const caller = createCaller({ origin, roaming: true, ...(cookie && { cookie }) });
    while (performance.now() < until) {
      const { status, ms } = await caller.call('GET', path);
      calls += 1;
      if (performance.now() < begun) continue;
      if (status === 200) times.push(ms);
      else failed += 1;
    }
    caller.close();
  });
  return { times, failed, calls, perSecond: (1000 * times.length) / (performance.now() - begun) };
}
