import { randomInt, randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RoomId } from '@salotto/contract';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DbOrTx } from './db/client.ts';
import { hand, room, roomMessage, roomUpdate } from './db/schema/index.ts';
import { apply, type LoggedUpdate, newRoom } from './room/state.ts';
import { createTestDb, type TestDb } from './testing/db.ts';
import { buildPerson, signInAs } from './testing/people.ts';
import type { Client } from './testing/server.ts';
import { type ServerProcess, startServerProcess } from './testing/server-process.ts';

const LISTENERS = 6;
/** Fewer than anybody may write in a while, so that no writer is told to wait. */
const MESSAGES_EACH = 8;

let database: TestDb;
let server: ServerProcess;

beforeAll(async () => {
  database = await createTestDb();
  server = await startServerProcess({
    SALOTTO_ENV: 'development',
    // A socket's address has no host; with one, every reader of addresses understands it.
    DATABASE_URL: database.connectionString.replace('@/', '@localhost/'),
    ...{ LIVEKIT_URL: 'ws://127.0.0.1:9', LIVEKIT_API_KEY: 'test' },
    LIVEKIT_API_SECRET: 'test-secret-test-secret-test-secret',
  });
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

/** One thing to ask for: `what` as the log shows it, or the key that goes with it. */
type Step = { what: string; ask(): Promise<unknown> };
/** What one person asked for, one after the other: what was acknowledged, and what the server died over. */
type Course = { acknowledged: string[]; cutOff: Step | null };

async function person(): Promise<Client> {
  const made = await buildPerson(database.db);
  const { cookie } = await signInAs(database.db, made);
  const origin = `http://127.0.0.1:${server.port}`;
  return createORPCClient(new RPCLink({ url: `${origin}/api/rpc`, headers: { cookie, origin } }));
}

/** A refusal is an answer, and none is expected here; a call that the server died over has no answer. */
const isAnswer = (error: unknown): boolean => typeof error === 'object' && error !== null && 'defined' in error;

/** Everybody goes on until the server is gone, which is killed at the acknowledgement of this number. */
async function goOnUntilKilled(courses: readonly Iterable<Step>[], killAt: number): Promise<Course[]> {
  let acknowledged = 0;
  const killed: Promise<void>[] = [];
  const running = courses.map(async (steps): Promise<Course> => {
    const course: Course = { acknowledged: [], cutOff: null };
    for (const step of steps) {
      try {
        await step.ask();
      } catch (error) {
        if (killed.length === 0 || isAnswer(error)) throw error;
        return { ...course, cutOff: step };
      }
      course.acknowledged.push(step.what);
      acknowledged += 1;
      if (acknowledged === killAt) killed.push(server.kill());
    }
    return course;
  });
  const done = await Promise.all(running);
  await Promise.all(killed);
  return done;
}

/** By turns, without an end. */
function* byTurns(...steps: Step[]): Iterable<Step> {
  for (;;) yield* steps;
}

async function logOf(roomId: string, tx: DbOrTx = database.db): Promise<LoggedUpdate[]> {
  const rows = await tx.select().from(roomUpdate).where(eq(roomUpdate.roomId, roomId)).orderBy(asc(roomUpdate.seq));
  return rows.map(({ payload, ...row }) => ({ ...(payload as object), ...row }) as unknown as LoggedUpdate);
}

/**
 * What people did about one participation, in the words of the steps; what time does has no actor. An offer that is made
 * again is one offer that stands for longer.
 */
const saidOf = (log: readonly LoggedUpdate[], participationId: string): string[] =>
  log
    .flatMap((update) =>
      update.actor !== null && 'participationId' in update && update.participationId === participationId
        ? [update.kind === 'microphone.changed' ? (update.muted ? 'mute' : 'open') : update.kind]
        : [],
    )
    .filter((what, n, all) => what !== 'hand.offered' || all[n - 1] !== what);

/** What is written of a course is what was acknowledged, and at most what the server died over. */
function expectKept(written: readonly string[], { acknowledged, cutOff }: Course): void {
  const possible = cutOff ? [acknowledged, [...acknowledged, cutOff.what]] : [acknowledged];
  expect(possible).toContainEqual(written);
}

/** Numbers without a hole, and a row and hands that are what the log says. */
async function expectWhole(roomId: RoomId): Promise<void> {
  const { log, row, hands } = await database.db.transaction(
    async (tx) => ({
      log: await logOf(roomId, tx),
      row: (await tx.select().from(room).where(eq(room.id, roomId)))[0],
      hands: await tx.select().from(hand).where(eq(hand.roomId, roomId)),
    }),
    { isolationLevel: 'repeatable read' },
  );
  if (!row) throw new Error('no room');
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1));
  const { starterId, startedAt, seq, status, stage } = row;
  const replayed = log.reduce(apply, newRoom({ handPolicy: 'everyone', starterId, startedAt }));
  expect({ seq, status, stage }).toEqual({ seq: replayed.seq, status: replayed.status, stage: replayed.stage });
  const states = (all: Iterable<{ participationId: string; state: string }>) =>
    [...all].map(({ participationId, state }) => `${participationId} ${state}`).sort();
  expect(states(hands)).toEqual(states(replayed.hands.values()));
}

test('a server killed in the middle of commands has done exactly what it acknowledged', async () => {
  const anna = await person();
  const { roomId } = await anna.room.start({ title: 'Cut off', locale: 'en', key: randomUUID() });
  const enter = async () => {
    const rpc = await person();
    return { rpc, id: (await rpc.room.join({ roomId })).own.participationId };
  };
  const listeners = await Promise.all(Array.from({ length: LISTENERS }, enter));
  const [called, wei, tom] = [await enter(), await enter(), await enter()];
  for (const { rpc, id } of [wei, tom]) {
    await anna.room.offerStage({ roomId, participationId: id });
    await rpc.room.acceptOffer({ roomId });
  }
  const before = (await logOf(roomId)).length;

  const keyed = (what: (key: string) => Promise<unknown>, times: number): Step[] =>
    Array.from({ length: times }, randomUUID).map((key) => ({ what: key, ask: () => what(key) }));
  const courses = {
    hands: listeners.map(({ rpc }) =>
      byTurns(
        { what: 'hand.raised', ask: () => rpc.room.raiseHand({ roomId }) },
        { what: 'hand.lowered', ask: () => rpc.room.lowerHand({ roomId }) },
      ),
    ),
    offers: byTurns(
      { what: 'hand.offered', ask: () => anna.room.offerStage({ roomId, participationId: called.id }) },
      { what: 'hand.lowered', ask: () => anna.room.withdrawOffer({ roomId, participationId: called.id }) },
    ),
    held: byTurns(
      { what: 'seat.held', ask: () => anna.room.hold({ roomId, participationId: wei.id }) },
      { what: 'seat.released', ask: () => anna.room.release({ roomId, participationId: wei.id }) },
    ),
    microphone: byTurns(
      { what: 'open', ask: () => tom.rpc.room.setMicrophone({ roomId, open: true }) },
      { what: 'mute', ask: () => tom.rpc.room.setMicrophone({ roomId, open: false }) },
    ),
    messages: listeners.map(({ rpc }) =>
      keyed((key) => rpc.message.post({ roomId, text: 'Are you still there?', key }), MESSAGES_EACH),
    ),
    rooms: keyed((key) => wei.rpc.room.start({ title: 'Another', locale: 'en', key }), 15),
  };

  const killAt = randomInt(5, 150);
  const [offers, held, microphone, rooms, ...others] = await goOnUntilKilled(
    [courses.offers, courses.held, courses.microphone, courses.rooms, ...courses.hands, ...courses.messages],
    killAt,
  );
  if (!offers || !held || !microphone || !rooms) throw new Error('somebody is missing');
  const [hands, messages] = [others.slice(0, LISTENERS), others.slice(LISTENERS)];
  const all = [offers, held, microphone, rooms, ...others];
  expect(
    all.some(({ cutOff }) => cutOff !== null),
    `killed at ${killAt}`,
  ).toBe(true);

  const { db } = database;
  const look = async () => {
    await expectWhole(roomId);
    const log = (await logOf(roomId)).slice(before);
    expectKept(saidOf(log, called.id), offers);
    expectKept(saidOf(log, wei.id), held);
    expectKept(saidOf(log, tom.id), microphone);
    for (const [n, course] of hands.entries()) expectKept(saidOf(log, listeners[n]?.id ?? ''), course);
    const started = (await db.select({ key: room.startKey }).from(room)).map(({ key }) => key);
    const written = (await db.select({ key: roomMessage.key }).from(roomMessage)).map(({ key }) => key);
    const of = (keys: readonly string[], { acknowledged, cutOff }: Course) =>
      [...acknowledged, ...(cutOff ? [cutOff.what] : [])].flatMap((asked) => keys.filter((key) => key === asked));
    expectKept(of(started, rooms), rooms);
    for (const course of messages) expectKept(of(written, course), course);
  };

  // As the database has it while no server is there, and as the next one finds it.
  await look();
  await server.start();
  await look();

  // Whoever had no answer asks again, and nothing happens twice.
  for (const course of all) {
    await course.cutOff?.ask();
    if (course.cutOff) course.acknowledged.push(course.cutOff.what);
    course.cutOff = null;
  }
  await look();
});
