import type { HandOrder, HandPolicy, RoomChange, RoomId, TurnClock } from '@salotto/contract';
import type { Tx } from '../db/client.ts';
import type { Asking } from './asking.ts';
import * as commands from './commands.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as store from './store.ts';

/** What moderators change of the room itself, up to its end. */
export function createChanging(options: RoomServiceOptions, asking: Asking) {
  const { clock } = options;
  const { run, asked, self } = asking;
  return {
    async change(roomId: RoomId, asker: Asker, input: RoomChange): Promise<void> {
      const { title, description, topics, ...settings } = input;
      const known = topics && (await options.topics());
      const texts = { title, description };
      await run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) =>
            commands.change({
              ...{ room, actor, now: clock() },
              settings: { ...settings, ...(topics && { topics: topics.filter((id) => known?.has(id)) }) },
              texts: (['title', 'description'] as const).filter((name) => texts[name] !== undefined),
            }),
          afterwards: (tx) => store.saveTexts(tx, roomId, texts),
        }),
      );
    },

    setHandPolicy: (roomId: RoomId, asker: Asker, policy: HandPolicy) =>
      self((input) => commands.setHandPolicy({ ...input, policy }))(roomId, asker),

    setHandOrder: (roomId: RoomId, asker: Asker, order: HandOrder) =>
      self((input) => commands.setHandOrder({ ...input, order }))(roomId, asker),

    setTurnClock: (roomId: RoomId, asker: Asker, turnClock: TurnClock) =>
      self((input) => commands.setTurnClock({ ...input, turnClock }))(roomId, asker),

    /** Logs that a link was pinned. `keep` writes it, in the same transaction; it must not touch the room's own rows. */
    pinLink: (roomId: RoomId, asker: Asker, link: { linkId: string; keep(tx: Tx): Promise<void> }) =>
      run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.pinLink({ room, actor, linkId: link.linkId, now: clock() }),
          afterwards: (tx) => link.keep(tx),
        }),
      ),

    unpinLink: (roomId: RoomId, asker: Asker, keep: (tx: Tx) => Promise<void>) =>
      run(
        roomId,
        asked(asker, {
          decide: ({ room, actor }) => commands.unpinLink({ room, actor, now: clock() }),
          afterwards: (tx) => keep(tx),
        }),
      ),
    end: self(commands.end),
  };
}
