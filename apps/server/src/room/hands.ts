import type { AccountId, CallEntry, ParticipationId, RoomId } from '@salotto/contract';
import type { Asking } from './asking.ts';
import * as commands from './commands.ts';
import * as entries from './entry-store.ts';
import type { createHandQueues } from './hand-queue.ts';
import * as handStore from './hand-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import type * as participationStore from './participation-store.ts';
import type * as store from './store.ts';

/** Hands that "call the next" looks at under the lock: the first of them may have gone down meanwhile. */
const CANDIDATES = 8;

/** Hands, the stage that is offered for them, and one's own place on it. */
export function createHands(
  options: RoomServiceOptions,
  parts: { asking: Asking; queues: ReturnType<typeof createHandQueues> },
) {
  const { clock } = options;
  const { queues } = parts;
  const { run, asked, self, onSomebody, requireRow, requirePlace, requireModeratorIn } = parts.asking;

  async function isFollowedBySpeakers(row: store.RoomRow, accountId: AccountId): Promise<boolean> {
    if (row.handPolicy !== 'followed') return false;
    const speakers = row.stage.map((seat) => seat.accountId as AccountId);
    return (await options.followedByAny({ speakers, candidates: [accountId] })).has(accountId);
  }

  /** Gives whoever came by a speaker link the offer that goes with it; whether there was one to give. */
  async function offerStanding(asker: Asker, participation: participationStore.ParticipationRow): Promise<boolean> {
    const { roomId, accountId } = participation;
    const stands = asker.guest
      ? await options.standingOffer(asker.accountId)
      : (await entries.invitation(options.db, roomId, accountId))?.standingOffer;
    if (!stands) return false;
    let offered = false;
    await run(roomId, {
      actor: 'system',
      target: { participationId: participation.id },
      decide: ({ room, target }) => {
        const changes = commands.standingOffer({ room, target, now: clock() });
        offered = changes.length > 0;
        return changes;
      },
    });
    return offered;
  }

  /** Of the queue what a moderator asks for; others are refused before anything of it is read. */
  async function queueFor(roomId: RoomId, asker: Asker, wanted: Parameters<typeof queues.read>[1]) {
    return queues.read(await requireModeratorIn(roomId, asker.accountId), wanted);
  }

  return {
    offerStanding,
    async raiseHand(roomId: RoomId, asker: Asker): Promise<void> {
      if (asker.guest && (await offerStanding(asker, await requirePlace(roomId, asker.accountId)))) return;
      // Asked before the room's lock is taken: a second connection inside would starve the pool.
      const [followedBySpeakers, facts] = await Promise.all([
        requireRow(roomId).then((row) => isFollowedBySpeakers(row, asker.accountId)),
        queues.factsOf(roomId, asker.accountId),
      ]);
      await self((input) => commands.raiseHand({ ...input, followedBySpeakers, facts }))(roomId, asker);
    },
    lowerHand: self(commands.lowerHand),
    acceptOffer: self(commands.acceptOffer),
    leaveStage: self(commands.leaveStage),

    setMicrophone: (roomId: RoomId, asker: Asker, open: boolean) =>
      self((input) => commands.setMicrophone({ ...input, open }))(roomId, asker),

    async offerStage(roomId: RoomId, asker: Asker, participationId: string): Promise<void> {
      const [place] = await queueFor(roomId, asker, (id) => id === participationId);
      const reasonOf = (id: string) => (id === place?.participationId ? place.reason : null);
      await onSomebody((input) => commands.offerStage({ ...input, reasonOf }))(roomId, asker, participationId);
    },
    withdrawOffer: onSomebody(commands.withdrawOffer, { mayBeGone: true }),

    async callNext(roomId: RoomId, asker: Asker): Promise<{ participationId: ParticipationId }> {
      const queue = await queueFor(roomId, asker, (_, index) => index < CANDIDATES);
      let called = '';
      await run(
        roomId,
        asked(asker, {
          hands: (tx) =>
            handStore.handsOf(
              tx,
              queue.map(({ participationId }) => participationId),
            ),
          decide({ room, actor }) {
            const changes = commands.callNext({ room, actor, now: clock(), queue });
            for (const change of changes) if (change.kind === 'hand.offered') called = change.participationId;
            return changes;
          },
        }),
      );
      return { participationId: called as ParticipationId };
    },

    async calls(asker: Asker, roomId: RoomId): Promise<{ entries: CallEntry[] }> {
      await requirePlace(roomId, asker.accountId);
      return { entries: await queues.calls(roomId) };
    },

    /** Places of raised hands, 1 first, by participation. */
    async handPlaces(roomId: string): Promise<Map<string, number>> {
      const queue = await queues.inOrder(await requireRow(roomId));
      return new Map(queue.map(({ participationId }, index) => [participationId, index + 1]));
    },
  };
}

export type Hands = ReturnType<typeof createHands>;
