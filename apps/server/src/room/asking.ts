import type { AccountId, RoomId } from '@salotto/contract';
import { createGatheredRead } from '../db/gathered.ts';
import { DomainError } from '../errors.ts';
import type { RoomCommand } from './command.ts';
import type * as commands from './commands.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import { requireModerator } from './policy.ts';
import * as removalStore from './removal-store.ts';
import { createRoomRunner } from './runner.ts';
import * as store from './store.ts';

/** What every command and every read of a room begins with: the room, who asks, and the place of whoever asks in it. */
export function createAsking(options: Pick<RoomServiceOptions, 'db' | 'clock' | 'onCommitted'>) {
  const { db, clock } = options;
  const runner = createRoomRunner(options);
  /** The room's row, if there is one. */
  const rowOf = createGatheredRead(async (ids: string[]) => {
    const rows = await store.findRooms(db, ids);
    return new Map(rows.map((row) => [row.id, row]));
  });

  const run = (roomId: string, command: RoomCommand) => runner.run(roomId, command);

  const asked = (asker: { accountId: AccountId }, rest: Omit<RoomCommand, 'actor'>): RoomCommand => ({
    actor: { accountId: asker.accountId },
    ...rest,
  });

  async function requireRow(roomId: string): Promise<store.RoomRow> {
    const row = await rowOf(roomId);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  async function refuseRemoved(roomId: string, accountId: string): Promise<void> {
    const until = (await removalStore.removalsOf(db, roomId, [accountId])).get(accountId);
    if (until !== undefined) throw new DomainError('FORBIDDEN', { reason: 'removed', until });
  }

  async function requirePlace(roomId: string, accountId: string): Promise<participationStore.ParticipationRow> {
    const row = await participationStore.activeParticipation(db, roomId, accountId);
    if (row) return row;
    await refuseRemoved(roomId, accountId);
    throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
  }

  /** Refuses everybody but moderators, before anything is read for them. */
  async function requireModeratorIn(roomId: string, accountId: AccountId): Promise<store.RoomRow> {
    const [row, { id }] = await Promise.all([requireRow(roomId), requirePlace(roomId, accountId)]);
    requireModerator(store.toState(row, []), { participationId: id, accountId });
    return row;
  }

  /** A command on oneself, or on the room. */
  const self =
    (decide: (input: commands.Asked) => ReturnType<RoomCommand['decide']>) => (roomId: RoomId, asker: Asker) =>
      run(roomId, asked(asker, { decide: ({ room, actor }) => decide({ room, actor, now: clock() }) }));

  /** A command on somebody else. */
  const onSomebody =
    (
      decide: (
        input: commands.Asked & { target: { participationId: string; accountId: string } },
      ) => ReturnType<RoomCommand['decide']>,
      rest: { mayBeGone?: boolean } = {},
    ) =>
    (roomId: RoomId, asker: { accountId: AccountId }, participationId: string) =>
      run(
        roomId,
        asked(asker, {
          target: { participationId, ...rest },
          decide: ({ room, actor, target }) => decide({ room, actor, target, now: clock() }),
        }),
      );

  return {
    run,
    asked,
    self,
    onSomebody,
    rowOf,
    requireRow,
    requirePlace,
    requireModeratorIn,
    waiting: () => runner.waiting(),
  };
}

export type Asking = ReturnType<typeof createAsking>;
