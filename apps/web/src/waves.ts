import type { AccountId } from '@salotto/contract';

const sent = new Set<AccountId>();

/** At whom this tab waved: here the room opens by itself when they accept, and in no other tab. */
export const sentWaves = {
  add: (accountId: AccountId) => void sent.add(accountId),
  /** Whether this tab waved at them; then it is done with. */
  take: (accountId: AccountId): boolean => sent.delete(accountId),
};
