import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { waitUntil } from '../actors/wait-until.ts';
import { faults, watchRoom } from '../actors/watcher.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const TABS = 300;
const PER_SECOND = 20;
const SECONDS = 10;
/** Who together make them: one person alone would wait for each answer. */
const SPEAKERS = 5;
const DELIVERY_MS = 10_000;

/** 300 people watch a room in which something happens twenty times a second. */
export async function updatesFanout(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  const { origin } = server;
  const closing: (() => void)[] = [];
  try {
    say(`${TABS} tabs open…`);
    const starter = await server.person('Anna Ferri');
    const opening = createCaller({ origin, cookie: starter.cookie });
    closing.push(opening.close);
    const room = { title: 'Much is going on', locale: 'en', key: randomUUID() };
    const { roomId } = await expectOk<{ roomId: string }>(opening.call('POST', '/api/rooms', room));
    const comeOnStage = async (): Promise<Caller> => {
      const caller = createCaller({ origin, cookie: (await server.person()).cookie });
      closing.push(caller.close);
      const { own } = await expectOk<{ own: { participationId: string } }>(
        caller.call('POST', `/api/rooms/${roomId}/join`),
      );
      await expectOk(opening.call('POST', `/api/rooms/${roomId}/people/${own.participationId}/offer`));
      await expectOk(caller.call('POST', `/api/rooms/${roomId}/hand/accept`));
      return caller;
    };
    const watchers = await inTurn(Array.from({ length: TABS }), 10, async () => {
      const { cookie } = await server.person();
      const caller = createCaller({ origin, cookie });
      await expectOk(caller.call('POST', `/api/rooms/${roomId}/join`));
      caller.close();
      return watchRoom({ origin, cookie, roomId });
    });
    closing.push(...watchers.map((watcher) => watcher.close));

    const speakers = [opening, ...(await inTurn(Array.from({ length: SPEAKERS - 1 }), 1, comeOnStage))];
    const first = await newestOf(opening, roomId);

    say(`${PER_SECOND} updates a second for ${SECONDS} s…`);
    const cpuBefore = server.cpuSeconds();
    const begun = performance.now();
    const commandMs = (await Promise.all(speakers.map((speaker, n) => toggle(speaker, { roomId, begun, n })))).flat();
    const seconds = (performance.now() - begun) / 1000;
    const cpu = server.cpuSeconds() - cpuBefore;
    const last = first + commandMs.length;
    const complete = () => watchers.filter((watcher) => (watcher.heard.at(-1)?.seq ?? 0) >= last).length;
    await waitUntil(() => complete() === TABS, DELIVERY_MS);
    const delays = watchers.flatMap(({ heard }) =>
      heard.filter(({ seq }) => seq > first).map(({ afterMs }) => afterMs),
    );
    return [
      figure('updates', commandMs.length / seconds, '1/s'),
      figure('frames', delays.length / seconds, '1/s'),
      figure('command p50', percentile(commandMs, 0.5), 'ms'),
      figure('from the server’s stamp to a tab p50', percentile(delays, 0.5), 'ms'),
      figure('from the server’s stamp to a tab p95', percentile(delays, 0.95), 'ms'),
      figure('from the server’s stamp to a tab, longest', Math.max(...delays), 'ms'),
      figure('server processor share', (100 * cpu) / seconds, '% of a core'),
      aimed('tabs that got everything', complete(), 'tabs', { atLeast: TABS }),
      aimed(
        'updates missed, doubled or out of turn',
        watchers.reduce((sum, watcher) => sum + faults(watcher, last), 0),
        'updates',
        { atMost: 0 },
      ),
    ];
  } finally {
    for (const close of closing) close();
    await server.stop();
  }
}

/** One speaker's part of the updates: the microphone, opened and muted by turns, at a steady pace where answers allow it. */
async function toggle(speaker: Caller, options: { roomId: string; begun: number; n: number }): Promise<number[]> {
  const { roomId, begun, n } = options;
  const commandMs: number[] = [];
  for (let done = 0; done < (PER_SECOND * SECONDS) / SPEAKERS; done += 1) {
    const due = begun + ((done * SPEAKERS + n) * 1000) / PER_SECOND;
    await wait(Math.max(0, due - performance.now()));
    const answer = speaker.call('POST', `/api/rooms/${roomId}/microphone`, { open: done % 2 === 0 });
    await expectOk(answer);
    commandMs.push((await answer).ms);
  }
  return commandMs;
}

async function newestOf(caller: Caller, roomId: string): Promise<number> {
  const { room } = await expectOk<{ room: { seq: number } }>(caller.call('POST', `/api/rooms/${roomId}/join`));
  return room.seq;
}
