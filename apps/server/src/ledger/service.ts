import type { AccountId, Ledger, PersonCard } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { bounded, type Turn, turnOf } from './state.ts';
import * as store from './store.ts';
import { ledgerView, spokenByAccount } from './view.ts';

export type LedgerServiceOptions = {
  db: Db;
  clock: () => number;
  cards(ids: readonly string[]): Promise<ReadonlyMap<string, PersonCard>>;
  /** Whether speaking time is measured in a room now. */
  measured(roomId: string): Promise<boolean>;
  /** Whether somebody is in a room now, or why not. */
  membership(roomId: string, accountId: string): Promise<object | 'not_in_room' | 'removed' | 'ended'>;
};

export type HeardInterval = { participationId: string; from: number; to: number };

export type LedgerService = ReturnType<typeof createLedgerService>;

/** The speaking-time ledger: who spoke for how long, measured from sound. It never takes a room's lock. */
export function createLedgerService(options: LedgerServiceOptions) {
  const { db, clock } = options;

  async function turn(roomId: string): Promise<Turn | null> {
    return turnOf(await store.newestIntervals(db, roomId), clock());
  }

  return {
    /** Milliseconds that everybody has spoken in a room so far, by account. Whoever said nothing is missing. */
    spokenMs: async (roomId: string): Promise<ReadonlyMap<string, number>> =>
      spokenByAccount(await store.spokenSums(db, roomId)),

    /** Who has the word now and since when (ms since 1970); null where nobody was heard for some seconds. */
    turnOf: turn,

    /** For people in the room. Throws FORBIDDEN or CONFLICT for others, and where the room is over. */
    async read(viewer: { accountId: AccountId }, roomId: string): Promise<Ledger> {
      const membership = await options.membership(roomId, viewer.accountId);
      if (membership === 'ended') throw new DomainError('CONFLICT', { reason: 'room_ended' });
      if (membership === 'not_in_room' || membership === 'removed') {
        throw new DomainError('FORBIDDEN', { reason: membership });
      }
      const [sums, speaking] = await Promise.all([store.spokenSums(db, roomId), turn(roomId)]);
      const cards = await options.cards(sums.map(({ accountId }) => accountId));
      return ledgerView({ at: clock(), sums, cards, turn: speaking });
    },

    /**
     * Adds what a mixer heard. The same interval twice counts once, and one that begins as an earlier one makes that
     * longer. Nothing outside what the mixer can have heard is taken, nor anybody who never was in the room.
     */
    async record(heard: {
      roomId: string;
      notBefore: number;
      notAfter: number;
      intervals: readonly HeardInterval[];
    }): Promise<void> {
      const { roomId, notBefore } = heard;
      if (!(await options.measured(roomId))) return;
      const now = Math.min(clock(), heard.notAfter);
      const accounts = await store.accountsOf(db, roomId, [
        ...new Set(heard.intervals.map(({ participationId }) => participationId)),
      ]);
      const cards = await options.cards([...new Set(accounts.values())]);
      const rows = new Map<string, store.IntervalRow>();
      for (const interval of heard.intervals) {
        const { participationId, from, to } = bounded(interval, { notBefore, now }) ?? { ...interval, to: 0 };
        const accountId = accounts.get(participationId);
        if (!accountId || to === 0) continue;
        const key = `${participationId} ${from}`;
        const organisation = cards.get(accountId)?.organisation ?? null;
        const longest = Math.max(to, rows.get(key)?.to ?? 0);
        rows.set(key, { roomId, participationId, accountId, organisation, from, to: longest });
      }
      await store.saveIntervals(db, [...rows.values()]);
    },
  };
}
