import type { AccountId, Elsewhere, RoomId } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import * as participationStore from './participation-store.ts';
import { roleOf } from './policy.ts';
import type { Presence } from './presence.ts';
import { seatOf } from './state.ts';
import * as store from './store.ts';

type Asker = { accountId: AccountId; signInId: string };

/** One person is in one room at a time, on one device: where they are now, before they enter another one. */
export function createElsewhere(options: { db: Db; clock: () => number; presence: Presence }) {
  const { db, clock, presence } = options;

  /** Places in live rooms; whoever went without a word is not in theirs. */
  async function placesOf(accountId: AccountId) {
    const places = (await participationStore.placesOf(db, accountId, clock())).filter((place) => place.leftAt === null);
    const rows = await store.findRooms(
      db,
      places.map((place) => place.roomId),
    );
    return places.flatMap((place) => {
      const row = rows.find((room) => room.id === place.roomId && room.status === 'live');
      const here = presence.present(place.roomId).some((person) => person.participationId === place.id);
      return row && here ? [{ place, row, state: store.toState(row, []) }] : [];
    });
  }

  async function elsewhere(asker: Asker, roomId: RoomId): Promise<Elsewhere> {
    const places = await placesOf(asker.accountId);
    const own = places.find(({ row }) => row.id === roomId);
    return {
      seat: own !== undefined && own.place.signInId !== asker.signInId && seatOf(own.state, own.place.id) !== undefined,
      rooms: places
        .filter(({ row }) => row.id !== roomId)
        .map(({ place, row, state }) => ({
          roomId: row.id as RoomId,
          title: row.title,
          role: roleOf(state, place.id),
          moderators: row.stage.filter((seat) => seat.role === 'moderator').length,
          onStage: row.stage.length,
        })),
    };
  }

  return {
    elsewhere,
    /** Refuses while the person would have to give something up that they were not asked about. */
    async ask(asker: Asker, roomId: RoomId): Promise<void> {
      const { seat, rooms } = await elsewhere(asker, roomId);
      if (seat) throw new DomainError('CONFLICT', { reason: 'seat_elsewhere' });
      if (rooms.length > 0) throw new DomainError('CONFLICT', { reason: 'elsewhere' });
    },
    /** Every room but this one in which the person has a place, whether they are there or not. */
    async others(accountId: AccountId, roomId: RoomId | null): Promise<RoomId[]> {
      const places = await participationStore.placesOf(db, accountId, clock());
      return places.flatMap((place) =>
        place.leftAt === null && place.roomId !== roomId ? [place.roomId as RoomId] : [],
      );
    },
  };
}
