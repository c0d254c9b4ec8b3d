import type { Audience, OwnPlace, RoomId, RoomView } from '@salotto/contract';
import type { Asking } from './asking.ts';
import * as commands from './commands.ts';
import { createElsewhere } from './elsewhere.ts';
import type { createEntry } from './entry.ts';
import type { Hands } from './hands.ts';
import * as knockStore from './knock-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import type { Reading } from './reading.ts';
import * as roles from './roles.ts';

/** Coming into a room, and leaving it quietly. */
export function createEntering(
  options: RoomServiceOptions,
  parts: {
    asking: Asking;
    entry: ReturnType<typeof createEntry>;
    reading: Reading;
    hands: Hands;
    place(row: participationStore.ParticipationRow): Promise<OwnPlace>;
  },
) {
  const { db, clock, presence } = options;
  const { entry, reading, place } = parts;
  const { run, asked, self, requireRow, requirePlace } = parts.asking;
  const { offerStanding } = parts.hands;
  const elsewhere = createElsewhere(options);

  async function leave(asker: Asker, roomId: RoomId): Promise<void> {
    const participation = await participationStore.activeParticipation(db, roomId, asker.accountId);
    if (!participation) {
      if (await knockStore.end(db, roomId, asker.accountId)) options.onLobbyChanged(roomId);
      return;
    }
    const at = clock();
    if (!(await participationStore.endIdleParticipation(db, { row: participation, at }))) {
      await run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.leave({ room, actor, now: at }),
          afterwards: (tx, actor) =>
            participationStore.endParticipation(tx, { participationId: actor.participationId, at, out: 'left' }),
        }),
      );
    }
    presence.gone(roomId, participation.id);
    options.onLeft(participation.id);
    options.onAudienceChanged(roomId);
    options.onPlacesChanged(asker.accountId);
  }

  return {
    /** Entering takes no lock: a listener is a row of its own. Coming back gives the same participation. */
    async join(
      asker: Asker,
      roomId: RoomId,
      given: { elsewhere?: 'ask' | 'leave' | undefined } = {},
    ): Promise<{ own: OwnPlace; room: RoomView; audience: Audience }> {
      const row = await requireRow(roomId);
      if (given.elsewhere === 'ask') await elsewhere.ask(asker, roomId);
      const { isNew, byLink } = await entry.enter(row, asker);
      // Only now: who is refused here keeps the place that they have.
      if (given.elsewhere === 'leave') {
        for (const other of await elsewhere.others(asker.accountId, roomId)) await leave(asker, other);
      }
      const participation = await requirePlace(roomId, asker.accountId);
      if (participation.signInId !== asker.signInId) {
        await participationStore.moveParticipation(db, participation.id, asker.signInId);
      }
      presence.seen({ roomId, participationId: participation.id, accountId: asker.accountId });
      if (isNew && byLink) await offerStanding(asker, participation);
      if (row.returning.some((entry) => entry.accountId === asker.accountId)) {
        await self(roles.comeBack)(roomId, asker);
      }
      const own = await place(participation);
      const level = own.role === 'listener' ? 'everyone' : 'stage';
      const [room, people] = await Promise.all([reading.view(roomId, level), reading.audience(roomId)]);
      options.onAudienceChanged(roomId);
      return { own, room, audience: people };
    },

    leave,
    /** Leaves every room in which somebody has a place. */
    async leaveAll(asker: Asker): Promise<void> {
      for (const roomId of await elsewhere.others(asker.accountId, null)) await leave(asker, roomId);
    },
    elsewhere: elsewhere.elsewhere,
    /**
     * Asks people in: they may see the room and enter it whatever its visibility (a lock and a full room still refuse
     * them). Gives those who were not asked yet. Refused by `mayInvite`.
     */
    invite: entry.invite,
    inviteByLink: entry.inviteByLink,
  };
}
