import { setTimeout as wait } from 'node:timers/promises';
import { openRoom } from '../actors/fanout.ts';
import { createCaller, inTurn } from '../actors/http-calls.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { type RoomWatcher, watchRoom } from '../actors/watcher.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const PEOPLE = 2_000;
const WITHIN_SECONDS = 10;

/** 2,000 people come into one room within ten seconds: the call, the updates socket, the room as it is. */
export async function joinStorm(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  const { origin } = server;
  const watchers: RoomWatcher[] = [];
  const refused: number[] = [];
  const joinMs: number[] = [];
  const seenMs: number[] = [];
  let lost = 0;
  try {
    say(`${PEOPLE} people get ready…`);
    const { starter, roomId } = await openRoom(server, 'Everybody comes at once');
    const people = await inTurn(Array.from({ length: PEOPLE }), 10, () => server.person());
    say(`They come within ${WITHIN_SECONDS} s…`);
    const cpuBefore = server.cpuSeconds();
    const begun = performance.now();
    await Promise.all(
      people.map(async ({ cookie }, n) => {
        await wait(Math.max(0, begun + (n * 1000 * WITHIN_SECONDS) / PEOPLE - performance.now()));
        const cameMs = performance.now();
        const caller = createCaller({ origin, cookie });
        try {
          const answer = await caller.call('POST', `/api/rooms/${roomId}/join`);
          joinMs.push(answer.ms);
          if (answer.status !== 200) return void refused.push(answer.status);
          watchers.push(await watchRoom({ origin, cookie, roomId }));
          seenMs.push(performance.now() - cameMs);
        } catch {
          lost += 1;
        } finally {
          caller.close();
        }
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const cpu = server.cpuSeconds() - cpuBefore;
    starter.close();
    return [
      aimed('refused', refused.length, 'people', { atMost: 0 }),
      aimed('lost', lost, 'people', { atMost: 0 }),
      aimed('see the room', seenMs.length, 'people', { atLeast: PEOPLE }),
      figure('until the last one sees it', seconds, 's'),
      figure('join p50', percentile(joinMs, 0.5), 'ms'),
      figure('join p99', percentile(joinMs, 0.99), 'ms'),
      figure('from coming to seeing the room p50', percentile(seenMs, 0.5), 'ms'),
      figure('from coming to seeing the room p99', percentile(seenMs, 0.99), 'ms'),
      figure('server processor time for one', (1000 * cpu) / PEOPLE, 'ms'),
    ];
  } finally {
    for (const watcher of watchers) watcher.close();
    await server.stop();
  }
}
