import { randomUUID } from 'node:crypto';
import { createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { waitUntil } from '../actors/wait-until.ts';
import { faults, watchRoom } from '../actors/watcher.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const PEOPLE = 300;
const WATCHING = 20;
const DELIVERY_MS = 15_000;

/** 300 listeners raise a hand in the same moment, over the API, each on a connection of their own. */
export async function handRaiseBurst(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  const { origin } = server;
  const closing: (() => void)[] = [];
  try {
    say(`${PEOPLE} people come in…`);
    const starter = await server.person('Anna Ferri');
    const opening = createCaller({ origin, cookie: starter.cookie });
    closing.push(opening.close);
    const room = { title: 'Who has a question?', locale: 'en', key: randomUUID() };
    const { roomId } = await expectOk<{ roomId: string }>(opening.call('POST', '/api/rooms', room));
    const people = await inTurn(Array.from({ length: PEOPLE }), 8, () => server.person());
    const callers = people.map(({ cookie }) => createCaller({ origin, cookie }));
    closing.push(...callers.map((caller) => caller.close));
    await inTurn(callers, 20, (caller) => expectOk(caller.call('POST', `/api/rooms/${roomId}/join`)));
    const watching = [starter, ...people.slice(0, WATCHING - 1)];
    const watchers = await inTurn(watching, 5, ({ cookie }) => watchRoom({ origin, cookie, roomId }));
    closing.push(...watchers.map((watcher) => watcher.close));

    say('Everybody raises a hand…');
    const cpuBefore = server.cpuSeconds();
    const begun = performance.now();
    const answers = await Promise.all(callers.map((caller) => caller.call('POST', `/api/rooms/${roomId}/hand/raise`)));
    const seconds = (performance.now() - begun) / 1000;
    const raised = answers.filter(({ status }) => status === 200).length;
    const last = (watchers[0]?.from ?? 0) + raised;
    await waitUntil(() => watchers.every((watcher) => (watcher.heard.at(-1)?.seq ?? 0) >= last), DELIVERY_MS);
    const delivered = Math.max(...watchers.map((watcher) => (watcher.heard.at(-1)?.atMs ?? Number.NaN) - begun));
    const times = answers.map(({ ms }) => ms);
    return [
      figure('hands raised', raised, 'hands'),
      aimed('refused or failed', PEOPLE - raised, 'commands', { atMost: 0 }),
      figure('commands', raised / seconds, '1/s'),
      figure('command p50', percentile(times, 0.5), 'ms'),
      figure('command p95', percentile(times, 0.95), 'ms'),
      figure('server processor time', server.cpuSeconds() - cpuBefore, 's'),
      figure('until every tab had every hand', delivered, 'ms'),
      aimed(
        `updates missed, doubled or out of turn in ${WATCHING} tabs`,
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
