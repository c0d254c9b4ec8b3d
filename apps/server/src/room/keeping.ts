import type { Asking } from './asking.ts';
import * as commands from './commands.ts';
import * as handStore from './hand-store.ts';
import type { RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import * as removalStore from './removal-store.ts';
import * as store from './store.ts';
import { upkeep } from './upkeep.ts';

/** A listener of whom nothing is seen for this long has left. */
const LISTENER_LEFT_AFTER_MS = 10 * 60_000;

/** What time does to rooms, called by the reaper. */
export function createKeeping(options: RoomServiceOptions, asking: Asking) {
  const { db, clock, presence } = options;
  const { run, requireRow } = asking;
  return {
    /** What time itself does to one room; nothing is written where nothing is due. */
    async upkeep(roomId: string): Promise<void> {
      const lastSeen = (participationId: string) => presence.lastSeen(roomId, participationId);
      const row = await requireRow(roomId);
      const floor = row.turnClock.seconds === 0 ? null : row.ledger ? await options.floorOf(roomId) : 'unmeasured';
      const [offers, bans] = await Promise.all([
        handStore.expiredOffersIn(db, roomId, clock()),
        removalStore.expiredBansIn(db, roomId, clock()),
      ]);
      const due = upkeep({ room: store.toState(row, offers, bans), now: clock(), lastSeen, floor });
      if (due.length === 0) return;
      await run(roomId, {
        actor: 'system',
        hands: async (tx, { returning }) => {
          const awaited = returning.map((entry) => entry.participationId);
          return [...(await handStore.expiredOffersIn(tx, roomId, clock())), ...(await handStore.handsOf(tx, awaited))];
        },
        removed: (tx) => removalStore.expiredBansIn(tx, roomId, clock()),
        decide: ({ room }) => upkeep({ room, now: clock(), lastSeen, floor }),
      });
    },

    /** Listeners who went without a word, long ago, are no longer in. */
    async sweepListeners(roomId: string): Promise<void> {
      const row = await requireRow(roomId);
      const now = clock();
      for (const person of await participationStore.activeIn(db, roomId)) {
        if (row.stage.some((seat) => seat.participationId === person.id)) continue;
        const seen = presence.lastSeen(roomId, person.id);
        if (seen === null || now - Math.max(seen, person.joinedAt) < LISTENER_LEFT_AFTER_MS) continue;
        await run(roomId, {
          actor: 'system',
          target: { participationId: person.id, mayBeGone: true },
          decide: ({ room, target }) => commands.leave({ room, actor: target, now }),
          afterwards: (tx) =>
            participationStore.endParticipation(tx, { participationId: person.id, at: now, out: 'left' }),
        });
        presence.gone(roomId, person.id);
      }
    },
  };
}
