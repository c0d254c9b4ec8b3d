import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { createCommandQueue } from '../room/command-queue.ts';
import * as store from './store.ts';

/** From the chat's row to the row that it becomes; the same row where nothing changes. */
export type ChatCommand = (tx: Tx, chat: store.ChatRow) => Promise<store.ChatRow>;

/**
 * Runs what changes a chat: writers of one room wait in this process before they take a database connection, and several
 * share a transaction under the lock of the chat's row. One that the rules refuse takes nothing from the others.
 */
export function createChatRunner(options: { db: Db; onChanged(roomId: string): void }) {
  const { db, onChanged } = options;

  return createCommandQueue<ChatCommand>(async (roomId, commands) => {
    await store.ensureChat(db, roomId);
    const { outcomes, changed } = await db.transaction(async (tx) => {
      const before = await store.lockChat(tx, roomId);
      const outcomes: (Error | null)[] = [];
      let chat = before;
      for (const command of commands) {
        try {
          chat = await command(tx, chat);
          outcomes.push(null);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          outcomes.push(error);
        }
      }
      if (chat !== before) await store.saveChat(tx, chat);
      return { outcomes, changed: chat !== before };
    });
    if (changed) onChanged(roomId);
    return outcomes;
  });
}
