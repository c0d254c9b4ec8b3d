import type { Tx } from '../db/client.ts';
import type * as handStore from './hand-store.ts';
import type { Change, Person, RoomState } from './state.ts';
import type * as store from './store.ts';

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

/** Needs nothing but what is known of who asks, and writes nothing but the log. */
const isPlain = (command: RoomCommand): boolean =>
  command.actor !== 'system' &&
  !(command.target || command.hands || command.removed || command.knocking || command.afterwards);

/**
 * Commands in their order, in parts that are read for and written together: people's commands on themselves as long as
 * they follow one another, any other alone.
 */
export function partsOf(commands: readonly RoomCommand[]): RoomCommand[][] {
  const parts: RoomCommand[][] = [];
  let open: RoomCommand[] | null = null;
  for (const command of commands) {
    if (open && isPlain(command)) {
      open.push(command);
      continue;
    }
    const part = [command];
    parts.push(part);
    open = isPlain(command) ? part : null;
  }
  return parts;
}
