import { type AccountId, NOTES_MAX, type Note } from '@salotto/contract';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { lockPair } from '../db/pair-lock.ts';
import type { People } from '../profile/people.ts';
import { cleanLines } from '../profile/text.ts';
import { requireMayWrite } from './policy.ts';
import * as store from './store.ts';

export type NoteDeps = { db: Db; clock: Clock; people: People; blocks: Pick<Blocks, 'between' | 'eitherWay'> };

export type NoteService = ReturnType<typeof createNoteService>;

/** What people write down about each other. Every question is asked by the writer, so that nobody else is answered. */
export function createNoteService(deps: NoteDeps) {
  const { db, clock, people, blocks } = deps;
  return {
    async get(writerId: AccountId, aboutId: AccountId): Promise<{ text: string }> {
      return { text: (await store.find(db, writerId, aboutId))?.text ?? '' };
    },

    async set(writerId: AccountId, input: { accountId: AccountId; text: string }): Promise<{ text: string }> {
      const aboutId = input.accountId;
      const text = cleanLines(input.text);
      if (!text) {
        await store.remove(db, writerId, aboutId);
        return { text };
      }
      const [cards, { blockedBy }] = await Promise.all([people.list([aboutId]), blocks.between(writerId, aboutId)]);
      await db.transaction(async (tx) => {
        // One after the other, or two notes at once could both be the last that fits.
        await lockPair(tx, writerId, writerId);
        const others = await store.countOthers(tx, writerId, aboutId);
        requireMayWrite({ self: writerId === aboutId, seen: cards.length > 0 && !blockedBy, others });
        await store.put(tx, { writerId, aboutId, text, changedAt: clock() });
      });
      return { text };
    },

    /** All of them, also for the export of an account. */
    async list(writerId: AccountId): Promise<Note[]> {
      const rows = await store.list(db, writerId, NOTES_MAX);
      const ids = rows.map((row) => row.aboutId as AccountId);
      const [cards, hidden] = await Promise.all([people.cards(ids), blocks.eitherWay(writerId, ids)]);
      return rows.map(({ text, changedAt, aboutId }) => {
        const accountId = aboutId as AccountId;
        return { accountId, text, changedAt, person: hidden.has(accountId) ? null : (cards.get(accountId) ?? null) };
      });
    },
  };
}
