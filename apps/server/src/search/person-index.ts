import type { AccountId } from '@salotto/contract';
import type { Db, DbOrTx } from '../db/client.ts';
import { createPersonIndexStore } from './person-index-store.ts';
import { nameKey, searchTerms } from './terms.ts';

/** What people are found by. */
export type PersonIndex = {
  /** Derives it anew for people whose profile has just been written, in the same transaction. */
  write(tx: DbOrTx, accountIds: readonly AccountId[]): Promise<void>;
  /** Makes what is missing, a few hundred people at a time, until there is nothing or the signal comes. */
  fill(signal?: AbortSignal): Promise<void>;
};

/** At once, so that no transaction is long. */
const BATCH = 500;

export function createPersonIndex(deps: { db: Db }): PersonIndex {
  const { db } = deps;
  const store = createPersonIndexStore();

  async function write(tx: DbOrTx, accountIds: readonly AccountId[]): Promise<void> {
    const people = await store.read(tx, accountIds);
    const rows = people.map(({ accountId, ...person }) => ({
      accountId,
      terms: searchTerms(person),
      nameKey: nameKey(person),
    }));
    await store.save(tx, rows);
  }

  return {
    write,
    async fill(signal) {
      while (!signal?.aborted) {
        const missing = await store.missing(db, BATCH);
        if (missing.length === 0) return;
        await db.transaction((tx) => write(tx, missing));
      }
    },
  };
}
