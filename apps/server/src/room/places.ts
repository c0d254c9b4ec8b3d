import type { AccountId, OwnPlace, Role, RoomId } from '@salotto/contract';
import { mayInvite } from '@salotto/contract';
import { createGatheredRead } from '../db/gathered.ts';
import { DomainError } from '../errors.ts';
import type { Grant } from '../media/media-plane.ts';
import type { Asking } from './asking.ts';
import * as handStore from './hand-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import { personKey } from './person-key.ts';
import { mayConnect, maySend, planeFor, roleOf } from './policy.ts';
import * as removalStore from './removal-store.ts';
import { seatOf } from './state.ts';
import * as store from './store.ts';
import * as view from './view.ts';

/** How long `me` goes on telling why one is no longer in a room. */
const OUT_SHOWN_MS = 120_000;

/** Where people are: their places in rooms, and what each gives a right to. */
export function createPlaces(options: RoomServiceOptions, asking: Asking) {
  const { db, clock, presence, plane } = options;
  const { rowOf, requireRow, requirePlace } = asking;
  const activePlace = createGatheredRead((keys: string[]) => participationStore.activePlaces(db, keys));

  async function place(row: participationStore.ParticipationRow): Promise<OwnPlace> {
    const [roomRow, [hand], removed] = await Promise.all([
      requireRow(row.roomId),
      handStore.handsOf(db, [row.id]),
      removalStore.removalsOf(db, row.roomId, [row.accountId]),
    ]);
    const outUntil = removed.get(row.accountId) ?? null;
    const role = roleOf(store.toState(roomRow, []), row.id);
    const plane = planeFor({ role, participants: presence.present(row.roomId).length, broadcastAvailable: false });
    // A join that met a removal or the end half-way left a row that says otherwise.
    const over = removed.size > 0 ? 'removed' : roomRow.status === 'ended' ? 'ended' : null;
    return view.ownPlace({ row, role, hand, plane, over, outUntil });
  }

  return {
    place,
    /** One person's places: where they are, and where they no longer are and why, for a while. */
    async places(accountId: string): Promise<OwnPlace[]> {
      const rows = await participationStore.placesOf(db, accountId, clock() - OUT_SHOWN_MS);
      return Promise.all(rows.map(place));
    },

    /** Until when somebody is kept out of a room; null for good, undefined where they are not. */
    outUntil: async (roomId: string, accountId: string): Promise<number | null | undefined> =>
      (await removalStore.removalsOf(db, roomId, [accountId])).get(accountId),

    /** The active participation of somebody in a room, or why there is none. */
    async membership(
      roomId: string,
      accountId: string,
    ): Promise<
      { participationId: string; level: view.Level; role: Role; joinedAt: number } | 'not_in_room' | 'removed' | 'ended'
    > {
      const row = await rowOf(roomId);
      if (!row) return 'not_in_room';
      if (row.status !== 'live') return 'ended';
      const participation = await activePlace(personKey({ roomId, accountId }));
      if (!participation) return (await removalStore.isRemoved(db, roomId, accountId)) ? 'removed' : 'not_in_room';
      const role = roleOf(store.toState(row, []), participation.id);
      const level = role === 'listener' ? 'everyone' : 'stage';
      return { participationId: participation.id, level, role, joinedAt: participation.joinedAt };
    },

    /** Where somebody stands who calls `others` in; `role` is null for who is not inside. */
    async standing(roomId: RoomId, accountId: AccountId, others: readonly AccountId[]) {
      const row = await requireRow(roomId);
      const [own, { inside, removed }] = await Promise.all([
        participationStore.activeParticipation(db, roomId, accountId),
        participationStore.whereabouts(db, roomId, others),
      ]);
      const role = own ? roleOf(store.toState(row, []), own.id) : null;
      const invites = role !== null && mayInvite({ visibility: row.visibility, role });
      return {
        live: row.status === 'live',
        role,
        visibility: row.visibility,
        lobby: row.lobby,
        invites,
        inside,
        removed,
      };
    },

    async connect(asker: Asker, roomId: RoomId): Promise<{ token: string; expiresAt: number }> {
      const participation = await requirePlace(roomId, asker.accountId);
      const row = await requireRow(roomId);
      if (row.status !== 'live') throw new DomainError('CONFLICT', { reason: 'room_ended' });
      const hidden = roleOf(store.toState(row, []), participation.id) === 'listener';
      const token = await plane.mintToken({ roomId, identity: participation.id, hidden });
      return { token, expiresAt: clock() + 120_000 };
    },

    /** May this connection to the stage plane begin, or go on? `hidden` is what the plane shows of it. */
    async admit(request: {
      roomId: string;
      participationId: string;
      issuedAtSeconds: number | null;
    }): Promise<
      | { ok: true; accountId: string; signInId: string | null; hidden: boolean }
      | { ok: false; reason: 'not_in_room' | 'removed' | 'ended' | 'stale' }
    > {
      const participation = await participationStore.findParticipation(db, request.participationId);
      if (!participation || participation.roomId !== request.roomId) return { ok: false, reason: 'not_in_room' };
      const [row, removed] = await Promise.all([
        requireRow(request.roomId),
        removalStore.isRemoved(db, request.roomId, participation.accountId),
      ]);
      const verdict = mayConnect({
        active: participation.leftAt === null,
        removed,
        roomLive: row.status === 'live',
        roleChangedAt: participation.roleChangedAt,
        issuedAtSeconds: request.issuedAtSeconds,
      });
      if (verdict !== 'ok') return { ok: false, reason: verdict };
      const hidden = roleOf(store.toState(row, []), participation.id) === 'listener';
      return { ok: true, accountId: participation.accountId, signInId: participation.signInId, hidden };
    },

    /** What everybody in a live room may do on the stage plane, by participation. */
    async wantedGrants(roomId: string): Promise<Map<string, Grant>> {
      const [row, people] = await Promise.all([store.findRoom(db, roomId), participationStore.activeIn(db, roomId)]);
      if (row?.status !== 'live') return new Map();
      const state = store.toState(row, []);
      return new Map(
        people.map((person) => {
          const seat = seatOf(state, person.id);
          return [person.id, { publish: seat !== undefined && maySend(seat), hidden: !seat }];
        }),
      );
    },
  };
}
