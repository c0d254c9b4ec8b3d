import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId } from '@salotto/contract';
import { wander, wonder } from './audience.ts';
import { type Cast, createCast } from './cast.ts';
import { converse } from './conversation.ts';
import { createRecordings } from './recordings.ts';
import { createRobot, type Robot } from './robot.ts';
import { type DemoScript, type RoomScript, readScript } from './script.ts';
import { findOrStart, takeSeats, welcomeHands } from './seating.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
const STEADY_MS = 30_000;
const LOOK_AGAIN_MS = 5_000;

export type RobotsOptions = {
  /** The server's own origin, such as `http://127.0.0.1:8080`. */
  origin: string;
  /** Folder of people, rooms and recordings. */
  folder: string;
  signal: AbortSignal;
  onTrouble(where: string, error: unknown): void;
};

/** Fills a demo server's rooms with robots until `signal` aborts. Survives restarts of the server. */
export async function runRobots(options: RobotsOptions): Promise<void> {
  const { origin, folder, signal, onTrouble } = options;
  const script = readScript(folder);
  const robots = createRobots(script, origin);
  const byId = new Map([...robots.values()].map((robot) => [robot.accountId, robot]));
  const isRobot = (accountId: AccountId) => byId.get(accountId)?.retired === false;
  const recordings = createRecordings();
  const casts = new Map<string, Cast>();

  async function keepRoom(room: RoomScript): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const startedAt = Date.now();
      try {
        await runRoom({ room, robots, isRobot, recordings, casts, signal });
      } catch (error) {
        if (!signal.aborted) onTrouble(room.id, error);
      }
      casts.delete(room.id);
      if (Date.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  await Promise.all([...script.rooms.map(keepRoom), wander(casts, signal).catch(() => {})]);
  await Promise.all([...robots.values()].map((robot) => robot.close()));
}

function createRobots(script: DemoScript, origin: string): Map<string, Robot> {
  const handles = script.rooms.flatMap((room) => [...room.moderators, ...room.speakers, ...room.listeners]);
  return new Map(
    handles.map((handle) => {
      const accountId = script.accountIds.get(handle);
      if (!accountId) throw new Error('A room names somebody who is not among the people');
      return [handle, createRobot({ origin, handle, accountId })];
    }),
  );
}

/** One room from its beginning until something fails or the room ends. */
async function runRoom(options: {
  room: RoomScript;
  robots: ReadonlyMap<string, Robot>;
  isRobot(accountId: AccountId): boolean;
  recordings: ReturnType<typeof createRecordings>;
  casts: Map<string, Cast>;
  signal: AbortSignal;
}): Promise<void> {
  const { room, robots, isRobot, recordings, casts } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const named = (handles: readonly string[]) =>
    handles.flatMap((handle) => robots.get(handle) ?? []).filter((robot) => !robot.retired);
  const stage = named([...room.moderators, ...room.speakers]);
  const listeners = named(room.listeners);
  try {
    for (const robot of [...stage, ...listeners]) await robot.signIn();
    const roomId = await findOrStart(room, stage);
    for (const robot of stage) await robot.enter(roomId);
    const cast = createCast({ roomId, script: room, stage, isRobot });
    casts.set(room.id, cast);
    await takeSeats(cast, signal);
    for (const robot of listeners) {
      await robot.enter(roomId);
      cast.listeners.add(robot);
    }
    await Promise.all([
      converse({ cast, recordings, signal }),
      welcomeHands(cast, signal),
      wonder(cast, signal),
      keepSeats(cast, signal),
    ]);
  } finally {
    failed.abort();
    await Promise.all(stage.map((robot) => robot.speaker.disconnect()));
  }
}

/** Seats can be lost, and rooms can end: both are looked at from time to time. */
async function keepSeats(cast: Cast, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
    if (!(await cast.until(() => cast.eyes() !== null, { signal, timeoutMs: 20_000 }))) {
      throw new Error('The room is gone');
    }
    await takeSeats(cast, signal);
  }
}
