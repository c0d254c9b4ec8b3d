import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  heardIn,
  NOTIFICATION_KEPT_MS,
  type Notification,
  type NotificationId,
  type NotificationKind,
  type RoomCard,
  type RoomId,
} from '@salotto/contract';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import type { FollowService } from '../follow/service.ts';
import type { People } from '../profile/people.ts';
import { isQuiet } from './policy.ts';
import * as store from './store.ts';
import { notificationView } from './view.ts';

export type NotificationDeps = {
  db: Db;
  clock: Clock;
  people: People;
  blocks: Blocks;
  follow: Pick<FollowService, 'hearOf' | 'hears' | 'followsAmong'>;
  rooms(ids: readonly string[]): Promise<RoomCard[]>;
  /** After the commit: this person's tabs have something new (`freshId`), or their count has changed. */
  onChanged(accountId: AccountId, freshId: NotificationId | null): void;
};

export type NewNotification = {
  id?: NotificationId;
  accountId: AccountId;
  kind: NotificationKind;
  actorId: AccountId;
  roomId?: RoomId;
  /** It can be answered until then. */
  until?: number;
};

export type NotificationService = ReturnType<typeof createNotificationService>;

/** What people are told while they are somewhere else. Whoever blocks somebody, or is blocked, is told nothing of them. */
export function createNotificationService(deps: NotificationDeps) {
  const { db, clock, people, blocks, follow, onChanged } = deps;

  async function views(accountId: AccountId, rows: readonly store.NotificationRow[]): Promise<Notification[]> {
    const actorIds = [...new Set(rows.map((row) => row.actorId as AccountId))];
    const roomIds = [...new Set(rows.flatMap((row) => row.roomId ?? []))];
    const [actors, hidden, rooms] = await Promise.all([
      people.cards(actorIds),
      blocks.eitherWay(accountId, actorIds),
      deps.rooms(roomIds),
    ]);
    const byId = new Map(rooms.map((room) => [room.id as string, room]));
    return rows.flatMap((row) =>
      hidden.has(row.actorId as AccountId) ? [] : (notificationView({ row, actors, rooms: byId }) ?? []),
    );
  }

  /** Whether somebody wants to hear of the actor in this room, as the hallway asks it too. */
  async function heardInRoom({ accountId, actorId, roomId }: NewNotification): Promise<boolean> {
    const [room] = roomId ? await deps.rooms([roomId]) : [];
    if (!room) return false;
    const [hear, follows] = await Promise.all([
      follow.hears(accountId),
      follow.followsAmong({ speakers: [accountId], candidates: room.speakerIds }),
    ]);
    const following = new Set(follows.map(({ followed }) => followed as AccountId));
    return room.starterId === actorId || heardIn(room, { following, hear }).includes(actorId);
  }

  return {
    /**
     * Tells somebody, at once where a tab is open, unless they want to hear less of the actor; false where they
     * were called into this room already.
     */
    async notify(input: NewNotification): Promise<boolean> {
      const id = input.id ?? (randomUUID() as NotificationId);
      const hear = await follow.hearOf(input.accountId, input.actorId);
      const heard = hear === 'sometimes' && (await heardInRoom(input));
      const quiet = isQuiet({ kind: input.kind, hear, heardInRoom: heard });
      const at = clock();
      const made = await db.transaction(async (tx) => {
        if (!(await store.insert(tx, { ...input, id, at, seenAt: quiet ? at : null }))) return false;
        await store.trim(tx, input.accountId);
        return true;
      });
      if (made) onChanged(input.accountId, quiet ? null : id);
      return made;
    },

    list: async (accountId: AccountId): Promise<Notification[]> => views(accountId, await store.newest(db, accountId)),

    /** What a tab is told: how many wait, and the one that is new. */
    async news(accountId: AccountId, freshId: NotificationId | null) {
      const row = freshId === null ? undefined : await store.find(db, accountId, freshId);
      const counts = await store.unseenByActor(db, accountId);
      const hidden = await blocks.eitherWay(
        accountId,
        counts.map((entry) => entry.actorId as AccountId),
      );
      const unseen = counts.reduce(
        (sum, entry) => sum + (hidden.has(entry.actorId as AccountId) ? 0 : entry.unseen),
        0,
      );
      const [fresh = null] = row ? await views(accountId, [row]) : [];
      return { unseen, fresh };
    },

    async see(accountId: AccountId, id: NotificationId): Promise<void> {
      if (await store.see(db, { accountId, id, at: clock() })) onChanged(accountId, null);
    },

    async seeAll(accountId: AccountId): Promise<void> {
      if (await store.see(db, { accountId, at: clock() })) onChanged(accountId, null);
    },

    /** It was answered: seen, and nothing more to answer. */
    async answered(accountId: AccountId, id: NotificationId): Promise<void> {
      if (await store.see(db, { accountId, id, at: clock(), answered: true })) onChanged(accountId, null);
    },

    /** Of these people, those who were called into this room. */
    pinged: (roomId: RoomId, accountIds: readonly AccountId[]) => store.pinged(db, roomId, accountIds),

    forgetOld: (): Promise<void> => store.removeBefore(db, clock() - NOTIFICATION_KEPT_MS),
  };
}
