import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { waitUntil } from '../actors/wait-until.ts';
import { faults, watchRoom } from '../actors/watcher.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const TABS = 300;
const PER_SECOND = 20;
const SECONDS = 10;
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
    const speaker = createCaller({ origin, cookie: starter.cookie });
    closing.push(speaker.close);
    const room = { title: 'Much is going on', locale: 'en', key: randomUUID() };
    const { roomId } = await expectOk<{ roomId: string }>(speaker.call('POST', '/api/rooms', room));
    const watchers = await inTurn(Array.from({ length: TABS }), 10, async () => {
      const { cookie } = await server.person();
      const caller = createCaller({ origin, cookie });
      await expectOk(caller.call('POST', `/api/rooms/${roomId}/join`));
      caller.close();
      return watchRoom({ origin, cookie, roomId });
    });
    closing.push(...watchers.map((watcher) => watcher.close));

    say(`${PER_SECOND} updates a second for ${SECONDS} s…`);
    const sentAtMs: number[] = [];
    const commandMs: number[] = [];
    const first = (watchers[0]?.from ?? 0) + 1;
    const cpuBefore = server.cpuSeconds();
    const begun = performance.now();
    for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
      await wait(Math.max(0, begun + (n * 1000) / PER_SECOND - performance.now()));
      sentAtMs.push(performance.now());
      const answer = await speaker.call('POST', `/api/rooms/${roomId}/microphone`, { open: n % 2 === 0 });
      if (answer.status !== 200) throw new Error(`a command was answered with ${answer.status}`);
      commandMs.push(answer.ms);
    }
    const seconds = (performance.now() - begun) / 1000;
    const cpu = server.cpuSeconds() - cpuBefore;
    const last = first + sentAtMs.length - 1;
    const complete = () => watchers.filter((watcher) => (watcher.heard.at(-1)?.seq ?? 0) >= last).length;
    await waitUntil(() => complete() === TABS, DELIVERY_MS);
    const delays = watchers.flatMap(({ heard }) =>
      heard.flatMap(({ seq, atMs }) => {
        const sent = sentAtMs[seq - first];
        return sent === undefined ? [] : [atMs - sent];
      }),
    );
    return [
      figure('updates', sentAtMs.length / seconds, '1/s'),
      figure('frames', delays.length / seconds, '1/s'),
      figure('command p50', percentile(commandMs, 0.5), 'ms'),
      figure('from the command to a tab p50', percentile(delays, 0.5), 'ms'),
      figure('from the command to a tab p95', percentile(delays, 0.95), 'ms'),
      figure('from the command to a tab, longest', Math.max(...delays), 'ms'),
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
