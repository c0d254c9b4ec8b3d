import type { AccountId, Ban, RoomId } from '@salotto/contract';
import { DomainError } from '../errors.ts';
import type { Asking } from './asking.ts';
import type { RoomCommand } from './command.ts';
import * as commands from './commands.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import * as removalStore from './removal-store.ts';
import * as removals from './removals.ts';
import * as roles from './roles.ts';
import * as store from './store.ts';
import * as view from './view.ts';

const BANS_SHOWN = 200;

/** What moderators do to others. */
export function createModeration(options: RoomServiceOptions, asking: Asking) {
  const { db, clock, presence } = options;
  const { run, asked, onSomebody, requireModeratorIn } = asking;

  /** Commands that send somebody out: whoever is gone already is kept out all the same. */
  const sendOut =
    (decide: (input: commands.OfSomebody) => ReturnType<RoomCommand['decide']>) =>
    async (roomId: RoomId, asker: { accountId: AccountId }, participationId: string): Promise<void> => {
      await onSomebody(decide, { mayBeGone: true })(roomId, asker, participationId);
      presence.gone(roomId, participationId);
      options.onAudienceChanged(roomId);
    };

  return {
    mute: onSomebody(commands.mute),
    hold: onSomebody(commands.hold),
    release: onSomebody(commands.release),
    moveToAudience: onSomebody(commands.moveToAudience),
    makeModerator: onSomebody(roles.makeModerator),
    makeSpeaker: onSomebody(roles.makeSpeaker),
    handover: onSomebody(roles.handover),
    remove: sendOut(removals.remove),

    ban: (roomId: RoomId, asker: Asker, input: { participationId: string; minutes: number | null }) =>
      sendOut((given) => removals.ban({ ...given, minutes: input.minutes }))(roomId, asker, input.participationId),

    /** Who is kept out of a room, for its moderators. */
    async bans(roomId: RoomId, asker: Asker): Promise<Ban[]> {
      await requireModeratorIn(roomId, asker.accountId);
      const bans = await removalStore.bansIn(db, roomId, BANS_SHOWN);
      return view.banViews(bans, await options.cards(bans.map((ban) => ban.accountId)));
    },

    liftBan: (roomId: RoomId, asker: Asker, accountId: AccountId) =>
      run(
        roomId,
        asked(asker, {
          removed: (tx) => removalStore.removalsOf(tx, roomId, [accountId]),
          decide: ({ room, actor }) => removals.lift({ room, actor, accountId, now: clock() }),
        }),
      ),

    /** A new block takes effect where the blocker moderates: the blocked person is removed from there at once. */
    async removeBlocked(blockerId: AccountId, blockedId: AccountId): Promise<void> {
      for (const row of await store.liveRooms(db)) {
        if (!row.stage.some((seat) => seat.accountId === blockerId && seat.role === 'moderator')) continue;
        const participation = await participationStore.activeParticipation(db, row.id, blockedId);
        if (!participation) continue;
        const removing = sendOut(removals.remove)(row.id as RoomId, { accountId: blockerId }, participation.id);
        // The room may have ended meanwhile, and its starter stays while they moderate it.
        await removing.catch((error: unknown) => {
          if (!(error instanceof DomainError) || error.code === 'UNAVAILABLE') throw error;
        });
      }
    },

    /** For what moderators do beside the room's log. Rejects with FORBIDDEN for everybody else. */
    async requireModerator(roomId: RoomId, accountId: AccountId): Promise<void> {
      await requireModeratorIn(roomId, accountId);
    },
  };
}
