import type { AccountId } from '@salotto/contract';
import type { DbOrTx } from '../db/client.ts';

/** Who blocks whom. Reads only; other concepts ask here. */
export type Blocks = {
  /** Whom this person blocked, newest first. */
  blockedIds(accountId: AccountId): Promise<AccountId[]>;
  /** Which of the others blocked this person or are blocked by it. */
  eitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<Set<AccountId>>;
  /** Whether the first blocked the second, and the other way round. */
  between(one: AccountId, other: AccountId, within?: DbOrTx): Promise<{ blocked: boolean; blockedBy: boolean }>;
};
