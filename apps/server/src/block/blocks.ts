import type { AccountId } from '@salotto/contract';
import type { Db, DbOrTx } from '../db/client.ts';
import { createBlockStore } from './store.ts';

/** Who blocks whom. Reads only; other concepts ask here. */
export type Blocks = {
  /** Whom this person blocked, newest first. */
  blockedIds(accountId: AccountId): Promise<AccountId[]>;
  /** Which of the others blocked this person or are blocked by it. */
  eitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<Set<AccountId>>;
  /** Whether any of these blocked this person. */
  isBlockedByAny(accountId: AccountId, among: readonly AccountId[]): Promise<boolean>;
  /** Whether the first blocked the second, and the other way round. */
  between(one: AccountId, other: AccountId, within?: DbOrTx): Promise<{ blocked: boolean; blockedBy: boolean }>;
};

export function createBlocks(deps: { db: Db }): Blocks {
  const store = createBlockStore();
  return {
    blockedIds: (accountId) => store.blockedBy(deps.db, accountId),
    async eitherWay(accountId, others) {
      if (others.length === 0) return new Set();
      return new Set(await store.eitherWay(deps.db, accountId, others));
    },
    isBlockedByAny: async (accountId, among) =>
      among.length > 0 && (await store.blockersOf(deps.db, accountId, among)).length > 0,
    async between(one, other, within = deps.db) {
      const rows = await store.between(within, one, other);
      return { blocked: rows.includes(one), blockedBy: rows.includes(other) };
    },
  };
}
