import { setTimeout as sleep } from 'node:timers/promises';
import { MIXER_LEASE_MS, MIXER_ROOMS_MAX, type MixerLease, type RoomId } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { HeardInterval } from '../ledger/service.ts';
import type { Grant, MediaPlane } from '../media/media-plane.ts';
import type { Publisher } from '../realtime/publisher.ts';
import * as store from './store.ts';

export type MixerServiceOptions = {
  db: Db;
  clock: () => number;
  plane: MediaPlane;
  /** Where mixers reach the stage plane. */
  stageUrl: string;
  publisher: Publisher;
  /** Live rooms with somebody on stage: whether speaking time is measured there, and a microphone open. */
  roomsOnStage(): Promise<RoomOnStage[]>;
  reportEcho(roomId: string, participationId: string, echoes: boolean): void;
  record(heard: {
    roomId: string;
    notBefore: number;
    notAfter: number;
    intervals: readonly HeardInterval[];
  }): Promise<void>;
};

type RoomOnStage = { roomId: string; measured: boolean; open: boolean };

export type MixerService = ReturnType<typeof createMixerService>;

const PREFIX = 'mixer.';
/** Whoever sends sound without having opened their microphone here is heard all the same, for so long at least. */
const PUBLISHED_MS = 60_000;
const PUBLISHED_MAX = 1_000;
/** While a mixer waits, rooms are looked at no more often than this. */
const LOOK_EVERY_MS = 50;

/** One generation of one room's mixer on the stage plane: no participation, so nobody's presence. */
export const isMixer = (identity: string): boolean => identity.startsWith(PREFIX);

/** Which mixer listens to which room, and what it heard. At most one at a time, and no interval twice. */
export function createMixerService(options: MixerServiceOptions) {
  const { db, clock, plane } = options;
  const identityOf = (generation: number) => `${PREFIX}${generation}`;

  async function requireLease(held: store.Held): Promise<store.LeaseRow> {
    const lease = await store.findLease(db, held);
    if (!lease) throw new DomainError('NOT_FOUND');
    return lease;
  }

  const published = new Map<string, number>();
  const looks = new Set<() => void>();
  function lookAgain(): void {
    for (const look of looks) look();
  }
  const unsubscribe = options.publisher.subscribe((publication) => {
    if (publication.kind === 'room.published') {
      published.delete(publication.roomId);
      published.set(publication.roomId, clock());
      const [eldest] = published.keys();
      if (published.size > PUBLISHED_MAX && eldest !== undefined) published.delete(eldest);
    } else if (publication.kind !== 'room.updated') return;
    lookAgain();
  });

  async function roomsToHear(): Promise<RoomOnStage[]> {
    const since = clock() - PUBLISHED_MS;
    return (await options.roomsOnStage()).map((room) => ({
      ...room,
      open: room.open || (published.get(room.roomId) ?? Number.NEGATIVE_INFINITY) > since,
    }));
  }

  async function waitingNow(): Promise<RoomId[]> {
    const roomIds = (await roomsToHear()).flatMap(({ roomId, open }) => (open ? [roomId] : []));
    const held = await store.heldLeases(db, roomIds, clock());
    return roomIds.filter((roomId) => !held.has(roomId)).slice(0, MIXER_ROOMS_MAX) as RoomId[];
  }

  return {
    async waiting({ holdMs }: { holdMs: number }): Promise<{ roomIds: RoomId[] }> {
      const until = performance.now() + holdMs;
      for (;;) {
        // What happens during the look counts for the next one.
        const news = newsOf(looks);
        const roomIds = await waitingNow();
        const leftMs = until - performance.now();
        if (roomIds.length > 0 || leftMs <= 0) {
          news.forget();
          return { roomIds };
        }
        await news.within(leftMs);
        await sleep(LOOK_EVERY_MS);
      }
    },

    async claim({ mixerId, roomId }: { mixerId: string; roomId: RoomId }): Promise<MixerLease | null> {
      const room = (await options.roomsOnStage()).find((one) => one.roomId === roomId);
      if (!room) return null;
      const now = clock();
      const lease = await store.takeLease(db, { roomId, mixerId, now, expiresAt: now + MIXER_LEASE_MS });
      if (!lease) return null;
      const { generation, expiresAt } = lease;
      return { roomId, generation, measured: room.measured, now, expiresAt };
    },

    /** A lease that ran out and that nobody else took is kept too. */
    async renew(asked: {
      mixerId: string;
      leases: readonly store.Held[];
    }): Promise<{ kept: (RoomOnStage & { roomId: RoomId })[] }> {
      const { mixerId, leases } = asked;
      const needed = new Map((await roomsToHear()).map((room) => [room.roomId, room]));
      const now = clock();
      const rows = await Promise.all(
        leases.filter(({ roomId }) => needed.has(roomId)).map((held) => store.findLease(db, held)),
      );
      const roomIds = rows.flatMap((row) => (row?.mixerId === mixerId ? [row.roomId as RoomId] : []));
      await store.prolongLeases(db, { roomIds, mixerId, expiresAt: now + MIXER_LEASE_MS });
      return { kept: roomIds.map((roomId) => ({ measured: false, open: false, ...needed.get(roomId), roomId })) };
    },

    async release(held: store.Held): Promise<void> {
      await store.endLease(db, held, clock());
      lookAgain();
    },

    /** This mixer runs no more: nobody has to wait for the end of its leases. */
    async ended(mixerId: string): Promise<void> {
      await store.endLeasesOf(db, mixerId, clock());
      lookAgain();
    },

    async connect(held: store.Held): Promise<{ url: string; token: string }> {
      const { roomId, generation } = await requireLease(held);
      await plane.ensureRoom(roomId);
      const token = await plane.mintToken({ roomId, identity: identityOf(generation), hidden: true });
      return { url: options.stageUrl, token };
    },

    /** Throws NOT_FOUND for an older generation. What was heard outside the lease is not taken. */
    async report(heard: store.Held & { intervals: readonly HeardInterval[] }): Promise<void> {
      const { roomId, claimedAt, expiresAt } = await requireLease(heard);
      await options.record({ roomId, notBefore: claimedAt, notAfter: expiresAt, intervals: heard.intervals });
    },

    /** Throws NOT_FOUND for an older generation. Of people who are not on stage nothing is shown. */
    async reportEchoes(
      heard: store.Held & { echoes: readonly { participationId: string; echoes: boolean }[] },
    ): Promise<void> {
      const { roomId } = await requireLease(heard);
      for (const { participationId, echoes } of heard.echoes) options.reportEcho(roomId, participationId, echoes);
    },

    /** What the newest mixer of a room may do on the stage plane; older ones have no business there. */
    async wantedGrants(roomId: string): Promise<Map<string, Grant>> {
      const lease = (await store.heldLeases(db, [roomId], clock())).get(roomId);
      return new Map(lease ? [[identityOf(lease.generation), { publish: false, hidden: true }]] : []);
    },
    close: unsubscribe,
  };
}

/** Waits for the next call among these. */
function newsOf(looks: Set<() => void>) {
  const { promise, resolve } = Promise.withResolvers<void>();
  looks.add(resolve);
  const forget = () => void looks.delete(resolve);
  return {
    forget,
    async within(ms: number): Promise<void> {
      const timer = setTimeout(resolve, ms);
      await promise;
      clearTimeout(timer);
      forget();
    },
  };
}
