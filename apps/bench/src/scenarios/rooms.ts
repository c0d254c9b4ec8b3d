import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Room } from '@livekit/rtc-node';
import { createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { SAMPLE_RATE } from '../actors/recordings.ts';
import { type BenchServer, cpuSecondsOf, startServerProcess } from '../actors/server-process.ts';
import { createSpeaker } from '../actors/speaker.ts';
import { watchRoom } from '../actors/watcher.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const ROOMS = 10;
const LISTENERS = 4;
const MEASURED_MS = 20_000;

/** What a small community on one evening costs: ten rooms, in each one person who speaks and four who listen by WebRTC. */
export async function rooms(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  const closing: (() => unknown)[] = [];
  const over = new AbortController();
  try {
    await wait(2_000);
    const rest = { server: residentMb(server.pid), livekit: residentMb(server.livekit.pid ?? 0) };
    say(`${ROOMS} rooms of ${1 + LISTENERS} people…`);
    const speaking = await inTurn(Array.from({ length: ROOMS }), 2, () => openRoom({ server, closing, over }));
    const before = used(server);
    await wait(MEASURED_MS);
    const after = used(server);
    const percent = (from: number, to: number) => ((to - from) / (MEASURED_MS / 1000)) * 100;
    return [
      aimed(
        'listeners who hear their speaker',
        speaking.reduce((sum, heard) => sum + heard(), 0),
        `of ${ROOMS * LISTENERS}`,
        {
          atLeast: ROOMS * LISTENERS,
        },
      ),
      figure('server: memory at rest', rest.server, 'MB'),
      figure('server: memory with the rooms', residentMb(server.pid), 'MB'),
      figure('server: processor with the rooms', percent(before.server, after.server), '% of one'),
      figure('LiveKit: memory at rest', rest.livekit, 'MB'),
      figure('LiveKit: memory with the rooms', residentMb(server.livekit.pid ?? 0), 'MB'),
      figure('LiveKit: processor with the rooms', percent(before.livekit, after.livekit), '% of one'),
    ];
  } finally {
    over.abort();
    for (const close of closing.reverse()) await close();
    await server.stop();
  }
}

type Opening = { server: BenchServer; closing: (() => unknown)[]; over: AbortController };

/** Resolves when everybody is connected; gives how many listeners hear somebody at the moment. */
async function openRoom({ server, closing, over }: Opening): Promise<() => number> {
  const { origin } = server;
  const url = origin.replace('http', 'ws');
  const enter = async () => {
    const { cookie } = await server.person();
    const caller = createCaller({ origin, cookie });
    closing.push(caller.close);
    return { cookie, call: caller.call };
  };
  const starter = await enter();
  const room = { title: 'One of ten', locale: 'en', key: randomUUID() };
  const { roomId } = await expectOk<{ roomId: string }>(starter.call('POST', '/api/rooms', room));
  const tokenOf = async ({ call }: Awaited<ReturnType<typeof enter>>) =>
    (await expectOk<{ token: string }>(call('POST', `/api/rooms/${roomId}/connect`))).token;
  await expectOk(starter.call('POST', `/api/rooms/${roomId}/join`));
  const speaker = createSpeaker({ url, token: () => tokenOf(starter) });
  await speaker.connect();
  closing.push(() => speaker.disconnect());
  await expectOk(starter.call('POST', `/api/rooms/${roomId}/microphone`, { open: true }));
  void talk(speaker, over.signal);

  const stage: Room[] = [];
  for (let n = 0; n < LISTENERS; n += 1) {
    const listener = await enter();
    await expectOk(listener.call('POST', `/api/rooms/${roomId}/join`));
    const watcher = await watchRoom({ origin, cookie: listener.cookie, roomId });
    const connection = new Room();
    await connection.connect(url, await tokenOf(listener), { autoSubscribe: true, dynacast: false });
    closing.push(watcher.close, () => connection.disconnect());
    stage.push(connection);
  }
  const hears = (connection: Room) =>
    [...connection.remoteParticipants.values()].some(({ trackPublications }) =>
      [...trackPublications.values()].some(({ subscribed }) => subscribed),
    );
  return () => stage.filter(hears).length;
}

async function talk(speaker: ReturnType<typeof createSpeaker>, signal: AbortSignal): Promise<void> {
  const second = Int16Array.from(
    { length: SAMPLE_RATE },
    (_, n) => 6_000 * Math.sin((2 * Math.PI * 220 * n) / SAMPLE_RATE) * (n % 12_000 < 9_000 ? 1 : 0),
  );
  while (!signal.aborted && speaker.connected) await speaker.play(second, signal).catch(() => {});
}

const used = (server: BenchServer) => ({
  server: server.cpuSeconds(),
  livekit: cpuSecondsOf(server.livekit.pid ?? 0),
});

function residentMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/);
  return Number(line?.[1]) / 1024;
}
