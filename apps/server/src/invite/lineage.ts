import type { AccountId } from '@salotto/contract';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx, Tx } from '../db/client.ts';
import { settle, underReview } from './act-store.ts';
import * as store from './lineage-store.ts';

export type Nomination = {
  accountId: AccountId;
  /** Null: the server itself. */
  nominatorId: AccountId | null;
  way: 'invite' | 'link' | 'wave' | 'administrator' | 'cohort';
  inviteId?: string;
};

/** Who brought whom, kept for good as ids. */
export type Lineage = {
  /** Within the transaction that makes or admits somebody. Whoever was brought before stays brought by the first. */
  record(tx: DbOrTx, nomination: Nomination): Promise<void>;
  /** Who brought somebody, and whether they let others see it. */
  nominatorOf(accountId: AccountId): Promise<{ nominatorId: AccountId | null; shown: boolean }>;
  show(accountId: AccountId, shown: boolean): Promise<void>;
  /** Whether an administrator is looking into whom somebody brought: until then they bring nobody. */
  underReview(accountId: AccountId): Promise<boolean>;
  /** What acts on branches that still stand make of somebody, within a transaction: what came while they were away too. */
  settle(tx: Tx, accountId: AccountId): Promise<void>;
};

export function createLineage(deps: { db: Db; clock: Clock }): Lineage {
  const { db, clock } = deps;
  return {
    record: (tx, nomination) => store.add(tx, { ...nomination, at: clock() }),

    async nominatorOf(accountId) {
      const row = await store.find(db, accountId);
      return { nominatorId: (row?.nominatorId ?? null) as AccountId | null, shown: row?.shown ?? true };
    },

    show: (accountId, shown) => store.setShown(db, accountId, shown),

    underReview: async (accountId) => (await underReview(db, [accountId])).size > 0,

    settle: (tx, accountId) => settle(tx, [accountId]),
  };
}
