import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OwnPlace, RoomView } from '@salotto/contract';
import { type Answer, type Caller, createCaller, expectOk, inTurn } from '../actors/http-calls.ts';
import { openNeighbour } from '../actors/neighbour.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { waitUntil } from '../actors/wait-until.ts';
import { faults, watchRoom } from '../actors/watcher.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const PEOPLE = 1_000;
const WITHIN_MS = 2_000;
const WATCHING = 20;
const DELIVERY_MS = 20_000;
const BUSY = 503;
const BUSY_TRIES = 10;

/**
 * 1,000 listeners raise a hand within two seconds, each on a connection of their own, while the moderator calls one after
 * the other and whoever is called accepts. Meanwhile somebody in another room goes on as if nothing were.
 */
export async function handRaiseBurst(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess();
  const { origin } = server;
  const closing: (() => void)[] = [];
  const caller = (cookie: string, roaming = false) => {
    const made = createCaller({ origin, cookie, roaming });
    closing.push(made.close);
    return made;
  };
  const start = (by: Caller, title: string) =>
    expectOk<{ roomId: string }>(by.call('POST', '/api/rooms', { title, locale: 'en', key: randomUUID() }));
  try {
    say(`${PEOPLE} people come in…`);
    const [starter, neighbour] = [await server.person('Anna Ferri'), await server.person('Bruno Conti')];
    const [moderator, other] = [caller(starter.cookie, true), caller(neighbour.cookie, true)];
    const { roomId } = await start(moderator, 'Who has a question?');
    const elsewhere = (await start(other, 'Next door')).roomId;
    const people = await inTurn(Array.from({ length: PEOPLE }), 8, () => server.person());
    const callers = people.map(({ cookie }) => caller(cookie));
    const byParticipation = new Map<string, Caller>();
    await inTurn(callers, 20, async (one) => {
      const { own } = await expectOk<{ own: OwnPlace }>(one.call('POST', `/api/rooms/${roomId}/join`));
      byParticipation.set(own.participationId, one);
    });
    // The last to raise a hand: whoever comes on stage meanwhile gets the room anew instead of updates.
    const watching = [starter, ...people.slice(1 - WATCHING)];
    const watchers = await inTurn(watching, 5, ({ cookie }) => watchRoom({ origin, cookie, roomId }));
    closing.push(...watchers.map((watcher) => watcher.close));
    const besides = await openNeighbour({ origin, cookie: neighbour.cookie, roomId: elsewhere });
    closing.push(besides.close);

    say('Hands go up, and people are called…');
    const cpuBefore = server.cpuSeconds();
    const begun = performance.now();
    let over = false;
    const next = callOneAfterTheOther({ moderator, roomId, byParticipation, until: () => over });
    besides.begin();
    const answers = await Promise.all(
      callers.map(async (one, n) => {
        await wait((n * WITHIN_MS) / PEOPLE);
        return untilTaken(() => one.call('POST', `/api/rooms/${roomId}/hand/raise`));
      }),
    );
    const seconds = (performance.now() - begun) / 1_000;
    over = true;
    const [accepted, otherTimes] = await Promise.all([next, besides.finish()]);

    const raised = answers.filter(({ answer }) => answer.status === 200).length;
    const { room } = await expectOk<{ room: RoomView }>(moderator.call('POST', `/api/rooms/${roomId}/join`));
    await waitUntil(() => watchers.every(({ heard }) => (heard.at(-1)?.seq ?? 0) >= room.seq), DELIVERY_MS);
    const delivered = Math.max(...watchers.map(({ heard }) => (heard.at(-1)?.atMs ?? Number.NaN) - begun));
    const came = Object.values(room.visits).reduce((sum, times) => sum + times, 0);
    const times = answers.map(({ answer }) => answer.ms);
    return [
      figure('hands raised', raised, 'hands'),
      figure('people who were called and came on stage', accepted, 'people'),
      aimed('hands refused or failed', PEOPLE - raised, 'commands', { atMost: 0 }),
      figure(
        'commands that were told to come back',
        answers.reduce((sum, { busy }) => sum + busy, 0),
        'commands',
      ),
      figure('hands', raised / seconds, '1/s'),
      figure('command p50', percentile(times, 0.5), 'ms'),
      figure('command p99', percentile(times, 0.99), 'ms'),
      aimed('command p99 in another room', percentile(otherTimes, 0.99), 'ms', { atMost: 100 }),
      figure('commands in another room', otherTimes.length, 'commands'),
      figure('server processor time', server.cpuSeconds() - cpuBefore, 's'),
      figure('until every tab had everything', delivered, 'ms'),
      aimed('hands too many or too few at the end', Math.abs(room.hands.length - (raised - accepted)), 'hands', {
        atMost: 0,
      }),
      aimed('visits to the stage too many or too few', Math.abs(came - accepted), 'visits', { atMost: 0 }),
      aimed(
        `updates missed, doubled or out of turn in ${WATCHING} tabs`,
        watchers.reduce((sum, watcher) => sum + faults(watcher, room.seq), 0),
        'updates',
        { atMost: 0 },
      ),
    ];
  } finally {
    for (const close of closing) close();
    await server.stop();
  }
}

/** Comes back as long as the room has too much to do; the last answer is the one that counts. */
async function untilTaken(call: () => Promise<Answer>): Promise<{ answer: Answer; busy: number }> {
  for (let busy = 0; ; busy += 1) {
    const answer = await call();
    if (answer.status !== BUSY || busy === BUSY_TRIES) return { answer, busy };
    await wait(1_000);
  }
}

/** Calls the next, who accepts and goes back to the audience, so that the stage never fills. Gives how many came. */
async function callOneAfterTheOther(options: {
  moderator: Caller;
  roomId: string;
  byParticipation: ReadonlyMap<string, Caller>;
  until: () => boolean;
}): Promise<number> {
  const { moderator, roomId, byParticipation, until } = options;
  let accepted = 0;
  while (!until()) {
    const { status, body } = await moderator.call('POST', `/api/rooms/${roomId}/hands/next`);
    if (status !== 200) {
      await wait(20);
      continue;
    }
    const { participationId } = JSON.parse(body) as { participationId: string };
    const called = byParticipation.get(participationId);
    if (!called) throw new Error('somebody was called who is not there');
    for (const step of ['hand/accept', 'leave-stage']) {
      const { answer } = await untilTaken(() => called.call('POST', `/api/rooms/${roomId}/${step}`));
      if (answer.status !== 200) throw new Error(`${step} was answered with ${answer.status}`);
    }
    accepted += 1;
  }
  return accepted;
}
