import { MIXER_LEASE_MS, MIXER_ROOMS_MAX, type MixerLease, type RoomId } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { HeardInterval } from '../ledger/service.ts';
import type { Grant, MediaPlane } from '../media/media-plane.ts';
import * as store from './store.ts';

export type MixerServiceOptions = {
  db: Db;
  clock: () => number;
  plane: MediaPlane;
  /** Where mixers reach the stage plane. */
  stageUrl: string;
  /** Live rooms with somebody on stage, and whether speaking time is measured there. */
  roomsOnStage(): Promise<{ roomId: string; measured: boolean }[]>;
  reportEcho(roomId: string, participationId: string, echoes: boolean): void;
  record(heard: {
    roomId: string;
    notBefore: number;
    notAfter: number;
    intervals: readonly HeardInterval[];
  }): Promise<void>;
};

export type MixerService = ReturnType<typeof createMixerService>;

const PREFIX = 'mixer.';

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

  return {
    async waiting(): Promise<{ roomIds: RoomId[] }> {
      const roomIds = (await options.roomsOnStage()).map(({ roomId }) => roomId);
      const held = await store.heldLeases(db, roomIds, clock());
      const free = roomIds.filter((roomId) => !held.has(roomId));
      return { roomIds: free.slice(0, MIXER_ROOMS_MAX) as RoomId[] };
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
    }): Promise<{ kept: { roomId: RoomId; measured: boolean }[] }> {
      const { mixerId, leases } = asked;
      const needed = new Map((await options.roomsOnStage()).map(({ roomId, measured }) => [roomId, measured]));
      const now = clock();
      const rows = await Promise.all(
        leases.filter(({ roomId }) => needed.has(roomId)).map((held) => store.findLease(db, held)),
      );
      const roomIds = rows.flatMap((row) => (row?.mixerId === mixerId ? [row.roomId as RoomId] : []));
      await store.prolongLeases(db, { roomIds, mixerId, expiresAt: now + MIXER_LEASE_MS });
      return { kept: roomIds.map((roomId) => ({ roomId, measured: needed.get(roomId) ?? false })) };
    },

    release: (held: store.Held): Promise<void> => store.endLease(db, held, clock()),

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
  };
}
