import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { partsOf, type RoomCommand } from './command.ts';
import { createCommandQueue } from './command-queue.ts';
import { readFacts } from './facts.ts';
import * as logStore from './log-store.ts';
import { advance, type Change, type LoggedUpdate, type Person, type RoomState } from './state.ts';
import * as store from './store.ts';

export type Committed = {
  roomId: string;
  before: RoomState;
  after: RoomState;
  updates: LoggedUpdate[];
  /** Accounts whose own place changed, or may have. */
  accounts: ReadonlySet<string>;
};

type Asked = { room: RoomState; actor: Person; target: Person; row: store.RoomRow };

/**
 * Runs commands of rooms: one transaction per batch under the room's row lock, effects only after the commit. A command
 * that the rules refuse takes nothing from the others in its batch.
 */
export function createRoomRunner(options: { db: Db; clock: () => number; onCommitted(committed: Committed): void }): {
  run(roomId: string, command: RoomCommand): Promise<void>;
  waiting(): number;
} {
  const { db, clock } = options;

  async function runPart(tx: Tx, from: { row: store.RoomRow; state: RoomState }, commands: readonly RoomCommand[]) {
    const { row } = from;
    const facts = await readFacts(tx, row, commands);
    const outcomes: (Error | null)[] = [];
    const updates: LoggedUpdate[] = [];
    const accounts: string[] = [];
    const afterwards: (() => Promise<void> | undefined)[] = [];
    let state: RoomState = { ...from.state, ...facts.rows };
    for (const command of commands) {
      const result = await attempt(command, () => ({ room: state, row, ...facts.peopleOf(command) }));
      outcomes.push(result.error);
      if (result.error) continue;
      const { asked, changes } = result;
      const step = advance(asked.room, changes, { at: clock(), actor: asked.actor.participationId || null });
      updates.push(...step.updates);
      accounts.push(...touched(asked, step.updates));
      afterwards.push(() => command.afterwards?.(tx, asked.actor));
      state = step.room;
    }
    await logStore.saveUpdates(tx, row.id, updates);
    for (const more of afterwards) await more();
    return { outcomes, updates, accounts, state };
  }

  async function runBatch(roomId: string, commands: RoomCommand[]): Promise<(Error | null)[]> {
    const outcomes: (Error | null)[] = [];
    const committed = await db.transaction(async (tx): Promise<Committed> => {
      const row = await store.lockRoom(tx, roomId);
      if (!row) throw new DomainError('NOT_FOUND');
      const updates: LoggedUpdate[] = [];
      const accounts = new Set<string>();
      const before = store.toState(row, []);
      let state = before;
      for (const part of partsOf(commands)) {
        const done = await runPart(tx, { row, state }, part);
        outcomes.push(...done.outcomes);
        updates.push(...done.updates);
        for (const id of done.accounts) accounts.add(id);
        state = done.state;
      }
      if (updates.length > 0) await store.saveRoom(tx, roomId, state);
      return { roomId, before, after: state, updates, accounts };
    });
    if (committed.updates.length > 0) options.onCommitted(committed);
    return outcomes;
  }

  return createCommandQueue(runBatch);
}

/** Whose own place may be another after these updates. */
function touched({ room, actor, target }: Asked, updates: readonly LoggedUpdate[]): string[] {
  if (updates.length === 0) return [];
  const named = new Set(updates.map((update) => ('participationId' in update ? update.participationId : '')));
  const hands = [...room.hands.values()].filter(({ participationId }) => named.has(participationId));
  return [actor, target, ...hands, ...room.stage].flatMap(({ accountId }) => accountId || []);
}

/** Only the rules' own refusals are one command's matter; anything else fails the transaction. */
async function attempt(
  command: RoomCommand,
  ask: () => Asked,
): Promise<{ error: DomainError } | { error: null; asked: Asked; changes: Change[] }> {
  try {
    const asked = ask();
    return { error: null, asked, changes: await command.decide(asked) };
  } catch (error) {
    if (error instanceof DomainError) return { error };
    throw error;
  }
}
