import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type MediaPlane, MediaUnavailable, type StageParticipant } from '../media/media-plane.ts';
import { grantDifferences, sendsTooMuch, type WantedGrants } from './grant-differences.ts';

export type { WantedGrants } from './grant-differences.ts';

export type GrantReconcilerOptions = {
  plane: MediaPlane;
  /** Rooms that are live in the database. */
  liveRooms(): Promise<string[]>;
  wantedGrants(roomId: string): Promise<WantedGrants>;
  /** Who is connected to the stage plane in this room now. */
  onSeen?(roomId: string, identities: string[]): void;
  logger: Logger;
  clock: Clock;
  everyMs?: number;
};

export type GrantReconciler = ReturnType<typeof createGrantReconciler>;

const EVERY_MS = 5_000;
const ROOMS_AT_ONCE = 4;
const CALLS_AT_ONCE = 8;
/** Between two runs of one room: a thousand people who come at once are looked at together. */
const PAUSE_MS = 25;
/** LiveKit lists a newcomer a moment after it let it in. */
const NEWCOMER_TRIES_MS = [20, 50, 100, 200, 400];
/** The plane's list may still show what a changed grant has just ended. */
const SETTLE_MS = 150;
/** Rounds of one run, when what is wanted changes while it is being set. */
const MAX_ROUNDS = 3;
const FAILURES_BORNE = 4;

type Run = { running: Promise<Set<string>>; queued: Promise<Set<string>> | null };

/** Makes the stage plane's permissions what the database says, again and again, and at once when hinted at. */
export function createGrantReconciler(options: GrantReconcilerOptions) {
  const { plane, liveRooms, wantedGrants, onSeen = () => {}, clock, everyMs = EVERY_MS } = options;
  const logger = options.logger.child({ part: 'grant-reconciler' });
  /** At most one run and one queued behind it for each room. */
  const runs = new Map<string, Run>();
  const hints = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<void> | null = null;
  let away = false;
  let stopped = false;
  let lastPassAt: number | null = null;

  return {
    start(): void {
      timer ??= setInterval(reconcileAll, everyMs);
    },

    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await Promise.allSettled([pass, ...hints]);
    },

    /** One pass over all rooms; never rejects. */
    reconcileAll,

    /** Resolves when a run that began after this call is done. Rejects with `MediaUnavailable`. */
    async reconcileRoom(roomId: string): Promise<void> {
      await runRoom(roomId);
    },

    /** Something changed here: look at once. `joined` has just connected and may not be listed yet. */
    hint(roomId: string, joined?: string): void {
      if (stopped) return;
      const looking = lookFor(roomId, joined)
        .then(() => noticed(null), noticed)
        .finally(() => hints.delete(looking));
      hints.add(looking);
    },

    health: (): { status: 'ok' | 'degraded'; lastPassAt: number | null } => ({
      status: away ? 'degraded' : 'ok',
      lastPassAt,
    }),
  };

  function reconcileAll(): Promise<void> {
    pass ??= passOverRooms()
      .then(() => noticed(null), noticed)
      .finally(() => {
        pass = null;
      });
    return pass;
  }

  async function passOverRooms(): Promise<void> {
    // The plane first: a room is made there only after it is live in the database.
    const there = await plane.listRooms();
    const live = new Set(await liveRooms());
    await inTurn(there, ROOMS_AT_ONCE, async (roomId) => {
      if (live.has(roomId)) await runRoom(roomId);
      else await plane.closeRoom(roomId);
    });
    for (const roomId of live) if (!there.includes(roomId)) onSeen(roomId, []);
    lastPassAt = clock();
  }

  async function lookFor(roomId: string, joined: string | undefined): Promise<void> {
    let seen = await runRoom(roomId);
    if (joined === undefined) return;
    for (const ms of NEWCOMER_TRIES_MS) {
      if (stopped || seen.has(joined)) return;
      await wait(ms);
      seen = await runRoom(roomId);
    }
  }

  function runRoom(roomId: string): Promise<Set<string>> {
    const current = runs.get(roomId);
    if (!current) return begin(roomId);
    const after = async () => {
      await wait(PAUSE_MS);
      return begin(roomId);
    };
    current.queued ??= current.running.then(after, after);
    return current.queued;
  }

  function begin(roomId: string): Promise<Set<string>> {
    const run: Run = { queued: null, running: reconcile(roomId) };
    runs.set(roomId, run);
    const done = () => {
      if (runs.get(roomId) === run && run.queued === null) runs.delete(roomId);
    };
    run.running.then(done, done);
    return run.running;
  }

  async function reconcile(roomId: string): Promise<Set<string>> {
    const people = await plane.listParticipants(roomId);
    const seen = people.map((person) => person.identity);
    onSeen(roomId, seen);
    await settleGrants(roomId, people);
    if (people.some(sendsTooMuch)) await endExcess(roomId);
    return new Set(seen);
  }

  /** What is wanted is read again after each round, so that a change in the meantime is never overwritten for long. */
  async function settleGrants(roomId: string, listed: StageParticipant[]): Promise<void> {
    let people = listed;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { set, out } = grantDifferences(await wantedGrants(roomId), people);
      if (set.length === 0 && out.length === 0) return;
      await inTurn(set, CALLS_AT_ONCE, ({ identity, grant }) => plane.setGrant({ roomId, identity, grant }));
      await inTurn(out, CALLS_AT_ONCE, (identity) => plane.disconnect({ roomId, identity }));
      const now = new Map(set.map(({ identity, grant }) => [identity, grant]));
      people = people
        .filter(({ identity }) => !out.includes(identity))
        .map((person) => ({ ...person, excess: false, grant: now.get(person.identity) ?? person.grant }));
    }
  }

  async function endExcess(roomId: string): Promise<void> {
    await wait(SETTLE_MS);
    const still = (await plane.listParticipants(roomId)).filter(sendsTooMuch);
    if (still.length === 0) return;
    logger.warn({ roomId, count: still.length }, 'participants sent more than they may');
    await inTurn(still, CALLS_AT_ONCE, ({ identity }) => plane.disconnect({ roomId, identity }));
  }

  function noticed(error: unknown): void {
    if (error !== null && !(error instanceof MediaUnavailable)) {
      logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'could not reconcile the stage plane');
      return;
    }
    const isAway = error !== null;
    if (isAway === away) return;
    away = isAway;
    if (away) logger.warn('the stage plane is away; grants will catch up');
    else logger.info('the stage plane is back');
  }
}

/** A few at once. One that fails doesn't keep the others from their turn, several do; the first failure is thrown at the end. */
async function inTurn<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<unknown>) {
  const left = items.values();
  const failures: unknown[] = [];
  const next = async (): Promise<void> => {
    for (const item of left) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length >= FAILURES_BORNE) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, next));
  if (failures.length > 0) throw failures[0];
}
