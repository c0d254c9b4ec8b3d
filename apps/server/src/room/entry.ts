import { randomUUID } from 'node:crypto';
import { type AccountId, INVITES_PER_HOUR, mayInvite, type RoomCard, type RoomId } from '@salotto/contract';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import * as entries from './entry-store.ts';
import * as knockStore from './knock-store.ts';
import type { RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import { blockersThatCount, type Entry, mayEnter, maySee, type Refused, roleOf } from './policy.ts';
import type { Presence } from './presence.ts';
import * as removalStore from './removal-store.ts';
import * as store from './store.ts';

const INVITES: Rule = { name: 'room.invite', limit: INVITES_PER_HOUR, windowMs: 60 * 60_000, maxKeys: 50_000 };

type Pair = { speakers: AccountId[]; candidates: AccountId[] };
/** `removedUntil` is null for good, or where nobody was removed. */
type Standing = Omit<Entry, 'full'> & { removedUntil: number | null; linkId: string | null };
type Asker = { accountId: AccountId; signInId: string; guest?: { roomId: RoomId } | null };

export type EntryOptions = {
  db: Db;
  clock: () => number;
  presence: Presence;
  isBlockedByAny(accountId: AccountId, among: readonly AccountId[]): Promise<boolean>;
  followedByAny(pair: Pair): Promise<ReadonlySet<string>>;
  followsAmong(pair: Pair): Promise<{ follower: string; followed: string }[]>;
  standingOffer(accountId: AccountId): Promise<boolean>;
  countIn: RoomServiceOptions['countIn'];
  fromRemovedNetwork(accountId: AccountId): Promise<boolean>;
  windows: WindowStore;
  onAudienceChanged(roomId: string): void;
};

/** Who may know of a room and enter it, and entering itself. The rules are the policy's; this reads what they need. */
export function createEntry(options: EntryOptions) {
  const { db, clock, presence } = options;

  async function standing(
    row: store.RoomRow,
    { accountId, guest }: Pick<Asker, 'accountId' | 'guest'>,
  ): Promise<Standing> {
    const [removals, blocked, place, invited, followed, knocking] = await Promise.all([
      removalStore.removalsOf(db, row.id, [accountId]),
      options.isBlockedByAny(accountId, blockersThatCount(row, accountId) as AccountId[]),
      participationStore.activeParticipation(db, row.id, accountId),
      entries.invitation(db, row.id, accountId),
      row.visibility === 'social' && options.followedByAny({ speakers: speakersOf(row), candidates: [accountId] }),
      knockingOf(row, { accountId, guest }),
    ]);
    return {
      visibility: row.visibility,
      live: row.status === 'live',
      locked: row.locked,
      removed: removals.has(accountId),
      removedUntil: removals.get(accountId) ?? null,
      linkId: invited?.linkId ?? null,
      blocked,
      inside: place !== undefined,
      // A guest was asked in by the link.
      invited: invited !== undefined || row.starterId === accountId || guest?.roomId === row.id,
      followedBySpeakers: followed !== false && followed.has(accountId),
      knocking: {
        ...knocking,
        expected: row.starterId === accountId || (invited?.expected ?? false),
        speakerLink: knocking.speakerLink || (invited?.standingOffer ?? false),
      },
    };
  }

  async function knockingOf(row: store.RoomRow, { accountId, guest }: Pick<Asker, 'accountId' | 'guest'>) {
    const isGuest = guest?.roomId === row.id;
    const { lobby, speakerLinksPassLobby: speakerLinksPass } = row;
    // Who has no reason to knock is not looked up.
    if (!lobby && !isGuest) {
      return { lobby, known: false, speakerLink: false, speakerLinksPass, removedNetwork: false };
    }
    const [before, answered, speakerLink, removedNetwork] = await Promise.all([
      entries.tookPart(db, row.id, accountId),
      knockStore.find(db, row.id, accountId),
      isGuest && options.standingOffer(accountId),
      isGuest && options.fromRemovedNetwork(accountId),
    ]);
    return { lobby, known: before || answered?.state === 'let_in', speakerLink, speakerLinksPass, removedNetwork };
  }

  /** Places of people who went without a word are not waited for, as far as nothing is seen of them. */
  async function isFull(within: DbOrTx, row: store.RoomRow): Promise<boolean> {
    if (row.capacity === null || (await entries.placesTaken(within, row.id)) < row.capacity) return false;
    const here = new Set(presence.present(row.id).map((person) => person.participationId));
    for (const seat of row.stage) here.add(seat.participationId);
    return here.size >= row.capacity;
  }

  /** A listener is a row of its own. Only where places are counted do those who come wait for each other. */
  async function takePlace(row: store.RoomRow, asker: Asker, entry: Omit<Standing, 'removedUntil'>): Promise<boolean> {
    const at = clock();
    const place = {
      ...{ id: randomUUID(), roomId: row.id, accountId: asker.accountId, signInId: asker.signInId },
      ...{ joinedAt: at, roleChangedAt: at },
    };
    const byLink = Boolean(asker.guest) || entry.linkId !== null;
    const first = byLink && !entry.inside && !(await entries.tookPart(db, row.id, asker.accountId));
    const counted = row.capacity !== null && !entry.inside;
    if (!first && !counted) {
      return participationStore.insertParticipation(db, place);
    }
    try {
      return await db.transaction(async (tx) => {
        if (counted) {
          await entries.lockPlaces(tx, row.id);
          refuse(mayEnter({ ...entry, full: await isFull(tx, row) }));
        }
        const isNew = await participationStore.insertParticipation(tx, place);
        // Only here somebody is really in: whoever was refused, or waits, has used nothing up.
        const count = { accountId: asker.accountId, linkId: asker.guest ? null : entry.linkId };
        if (first && isNew && !(await options.countIn(tx, count))) refuse('link_used');
        // Before the next one counts.
        presence.seen({ roomId: row.id, participationId: place.id, accountId: asker.accountId });
        return isNew;
      });
    } catch (error) {
      presence.gone(row.id, place.id);
      throw error;
    }
  }

  return {
    /** Gives somebody a place, or leaves them the one they have. Whether it is a new one, and whether a link led to it. */
    async enter(row: store.RoomRow, asker: Asker): Promise<{ isNew: boolean; byLink: boolean }> {
      const entry = await standing(row, asker);
      refuse(mayEnter({ ...entry, full: false }), entry.removedUntil);
      const isNew = await takePlace(row, asker, entry);
      return { isNew, byLink: Boolean(asker.guest) || entry.linkId !== null };
    },

    /** Whether somebody has to knock, or may enter. Refuses as entering does. */
    async mustWait(row: store.RoomRow, asker: Asker): Promise<boolean> {
      const entry = await standing(row, asker);
      const verdict = mayEnter({ ...entry, full: false });
      if (verdict === 'lobby') return true;
      refuse(verdict, entry.removedUntil);
      return false;
    },

    /** Whoever took part may still see a room that has ended. */
    async requireSeen(row: store.RoomRow, accountId: AccountId): Promise<void> {
      if (maySee(await standing(row, { accountId }))) return;
      if (row.status === 'ended' && (await entries.tookPart(db, row.id, accountId))) return;
      refuse('not_invited');
    },

    /** Of these people, who may see each room that is not open to all. */
    async visibleTo(
      rooms: readonly Pick<RoomCard, 'id' | 'visibility' | 'speakerIds'>[],
      accountIds: readonly AccountId[],
    ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const narrow = rooms.filter((room) => room.visibility !== 'open');
      const social = narrow.filter((room) => room.visibility === 'social');
      const [belonging, follows] = await Promise.all([
        entries.belonging(
          db,
          narrow.map((room) => room.id),
          accountIds,
        ),
        options.followsAmong({
          speakers: [...new Set(social.flatMap((room) => room.speakerIds))],
          candidates: [...accountIds],
        }),
      ]);
      return new Map(
        rooms.map((room) => {
          if (room.visibility === 'open') return [room.id, new Set(accountIds)];
          const seen = new Set(belonging.flatMap((pair) => (pair.roomId === room.id ? pair.accountId : [])));
          if (room.visibility === 'social') {
            const onStage = new Set<string>(room.speakerIds);
            for (const { follower, followed } of follows) if (onStage.has(follower)) seen.add(followed);
          }
          return [room.id, seen];
        }),
      );
    },

    /** Asks a member in by a guest link of this room, which somebody who may has checked. */
    async inviteByLink(given: {
      roomId: RoomId;
      accountId: AccountId;
      by: AccountId;
      linkId: string;
      standingOffer: boolean;
    }): Promise<void> {
      await entries.inviteByLink(db, { ...given, at: clock() });
      options.onAudienceChanged(given.roomId);
    },

    /** See the service. */
    async invite(
      roomId: RoomId,
      actor: { accountId: AccountId },
      accountIds: readonly AccountId[],
    ): Promise<AccountId[]> {
      const row = await store.findRoom(db, roomId);
      if (!row) throw new DomainError('NOT_FOUND');
      if (row.status !== 'live') refuse('room_ended');
      const place = await participationStore.activeParticipation(db, roomId, actor.accountId);
      if (!place) throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
      const role = roleOf(store.toState(row, []), place.id);
      if (!mayInvite({ visibility: row.visibility, role })) throw new DomainError('FORBIDDEN', { reason: 'role' });
      const waitMs = await options.windows.take([{ rule: INVITES, key: actor.accountId, count: accountIds.length }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      const at = clock();
      const asked = await entries.insertInvitees(
        db,
        accountIds.map((accountId) => ({ roomId, accountId, by: actor.accountId, at, expected: role !== 'listener' })),
      );
      if (asked.length > 0) options.onAudienceChanged(roomId);
      return asked as AccountId[];
    },
  };
}

const speakersOf = (row: store.RoomRow): AccountId[] => row.stage.map((seat) => seat.accountId as AccountId);

function refuse(verdict: 'ok' | Refused | 'link_used', until: number | null = null): void {
  switch (verdict) {
    case 'ok':
      return;
    case 'removed':
      throw new DomainError('FORBIDDEN', { reason: verdict, until });
    case 'blocked':
    case 'not_invited':
    case 'lobby':
      throw new DomainError('FORBIDDEN', { reason: verdict });
    case 'room_ended':
    case 'room_locked':
    case 'room_full':
    case 'link_used':
      throw new DomainError('CONFLICT', { reason: verdict });
    default: {
      verdict satisfies never;
    }
  }
}
