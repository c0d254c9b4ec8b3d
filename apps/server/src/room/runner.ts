import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { createCommandQueue } from './command-queue.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import * as participationStore from './participation-store.ts';
import * as removalStore from './removal-store.ts';
import { advance, type Change, type LoggedUpdate, type Person, type RoomState } from './state.ts';
import * as store from './store.ts';

/** Who a command needs to know. `system` is the room's own upkeep. */
export type RoomCommand = {
  actor: { accountId: string } | 'system';
  target?: { participationId: string; mayBeGone?: boolean };
  /** Loads hands that the rule looks at beyond the actor's and the target's. */
  hands?: (tx: Tx, row: store.RoomRow) => Promise<Awaited<ReturnType<typeof handStore.handsOf>>>;
  /** Loads removals that the rule looks at beyond those of actor and target. */
  removed?: (tx: Tx, row: store.RoomRow) => Promise<ReadonlyMap<string, number | null>>;
  /** Loads who knocks, for rules that answer them. */
  knocking?: (tx: Tx) => Promise<ReadonlySet<string>>;
  decide(asked: { room: RoomState; actor: Person; target: Person; row: store.RoomRow }): Change[] | Promise<Change[]>;
  /** Rows of one's own that belong to the same transaction. */
  afterwards?: (tx: Tx, actor: Person) => Promise<void>;
};

export type Committed = {
  roomId: string;
  before: RoomState;
  after: RoomState;
  updates: LoggedUpdate[];
  /** Accounts whose own place changed, or may have. */
  accounts: ReadonlySet<string>;
};

const NOBODY: Person = { participationId: '', accountId: '' };

/**
 * Runs commands of rooms: one transaction per batch under the room's row lock, effects only after the commit. A command
 * that the rules refuse takes nothing from the others in its batch.
 */
export function createRoomRunner(options: { db: Db; clock: () => number; onCommitted(committed: Committed): void }): {
  run(roomId: string, command: RoomCommand): Promise<void>;
  waiting(): number;
} {
  const { db, clock } = options;

  async function prepare(tx: Tx, roomId: string, row: store.RoomRow, state: RoomState, command: RoomCommand) {
    const actor = command.actor === 'system' ? NOBODY : await actorOf(tx, roomId, command.actor.accountId);
    const target = command.target ? await targetOf(tx, roomId, command.target) : NOBODY;
    const people = [actor, target].filter((person) => person !== NOBODY);
    const hands = await handStore.handsOf(
      tx,
      people.map((person) => person.participationId),
    );
    if (command.hands) hands.push(...(await command.hands(tx, row)));
    const removed = await removalStore.removalsOf(
      tx,
      roomId,
      people.map((person) => person.accountId),
    );
    const more = (await command.removed?.(tx, row)) ?? [];
    const room: RoomState = {
      ...state,
      hands: new Map(hands.map((hand) => [hand.participationId, hand])),
      removed: new Map([...removed, ...more]),
      knocking: (await command.knocking?.(tx)) ?? new Set(),
    };
    return { room, actor, target, row };
  }

  async function runBatch(roomId: string, commands: RoomCommand[]): Promise<(Error | null)[]> {
    const outcomes: (Error | null)[] = [];
    const committed = await db.transaction(async (tx): Promise<Committed | null> => {
      const row = await store.lockRoom(tx, roomId);
      if (!row) throw new DomainError('NOT_FOUND');
      const updates: LoggedUpdate[] = [];
      const accounts = new Set<string>();
      const before = store.toState(row, []);
      let state = before;
      for (const command of commands) {
        const result = await attempt(command, () => prepare(tx, roomId, row, state, command));
        outcomes.push(result.error);
        if (result.error) continue;
        const step = advance(result.asked.room, result.changes, {
          at: clock(),
          actor: result.asked.actor.participationId || null,
        });
        await logStore.saveUpdates(tx, roomId, step.updates);
        await command.afterwards?.(tx, result.asked.actor);
        if (step.updates.length > 0) for (const id of touched(result.asked)) accounts.add(id);
        updates.push(...step.updates);
        state = step.room;
      }
      if (updates.length > 0) await store.saveRoom(tx, roomId, state);
      return { roomId, before, after: state, updates, accounts };
    });
    if (committed && committed.updates.length > 0) options.onCommitted(committed);
    return outcomes;
  }

  return createCommandQueue(runBatch);
}

const touched = ({ room, actor, target }: Asked): string[] =>
  [actor, target, ...room.hands.values(), ...room.stage].flatMap((person) => person.accountId || []);

type Asked = { room: RoomState; actor: Person; target: Person; row: store.RoomRow };

/** Only the rules' own refusals are one command's matter; anything else fails the transaction. */
async function attempt(
  command: RoomCommand,
  prepare: () => Promise<Asked>,
): Promise<{ error: DomainError } | { error: null; asked: Asked; changes: Change[] }> {
  try {
    const asked = await prepare();
    return { error: null, asked, changes: await command.decide(asked) };
  } catch (error) {
    if (error instanceof DomainError) return { error };
    throw error;
  }
}

async function actorOf(tx: Tx, roomId: string, accountId: string): Promise<Person> {
  const row = await participationStore.activeParticipation(tx, roomId, accountId, { hold: true });
  if (row) return { participationId: row.id, accountId };
  const removed = await removalStore.isRemoved(tx, roomId, accountId);
  throw new DomainError('FORBIDDEN', { reason: removed ? 'removed' : 'not_in_room' });
}

async function targetOf(
  tx: Tx,
  roomId: string,
  target: { participationId: string; mayBeGone?: boolean },
): Promise<Person> {
  const named = await participationStore.findParticipation(tx, target.participationId);
  if (!named || named.roomId !== roomId) throw new DomainError('NOT_FOUND');
  // Whoever left and came back is another participation of the same person.
  const row = await participationStore.activeParticipation(tx, roomId, named.accountId, { hold: true });
  if (!row && !target.mayBeGone) throw new DomainError('NOT_FOUND');
  return { participationId: row?.id ?? named.id, accountId: named.accountId };
}
