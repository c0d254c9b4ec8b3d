import type { AccountId } from '@salotto/contract';
import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { waitlistEntry } from '../db/schema/waitlist.ts';

export async function add(db: DbOrTx, row: { accountId: AccountId; since: number }): Promise<void> {
  await db.insert(waitlistEntry).values(row).onConflictDoNothing();
}

/** Somebody's entry with how many come before it, and how many there are in all. */
export async function find(db: DbOrTx, accountId: AccountId) {
  const other = alias(waitlistEntry, 'other');
  const own = { since: sql`${waitlistEntry}.since`, id: sql`${waitlistEntry}.account_id` };
  const before = sql<number>`(
    select count(*)::int from ${waitlistEntry} as "other"
    where (${other.since}, ${other.accountId}) < (${own.since}, ${own.id})
  )`;
  const [row] = await db
    .select({
      since: waitlistEntry.since,
      sentence: waitlistEntry.sentence,
      before,
      waiting: sql<number>`(select count(*)::int from ${waitlistEntry})`,
    })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.accountId, accountId));
  return row;
}

export async function describe(db: DbOrTx, accountId: AccountId, sentence: string): Promise<void> {
  await db.update(waitlistEntry).set({ sentence }).where(eq(waitlistEntry.accountId, accountId));
}

/** Makes a member of whoever waits; false where they no longer do. */
export async function admit(tx: DbOrTx, accountId: AccountId): Promise<boolean> {
  const admitted = await tx
    .update(account)
    .set({ status: 'member' })
    .where(and(eq(account.id, accountId), eq(account.status, 'waiting')))
    .returning({ id: account.id });
  await tx.delete(waitlistEntry).where(eq(waitlistEntry.accountId, accountId));
  return admitted.length > 0;
}

/** The account goes with its entry, if it still waits. */
export async function removeAccount(db: DbOrTx, accountId: AccountId): Promise<boolean> {
  const gone = await db
    .delete(account)
    .where(and(eq(account.id, accountId), eq(account.status, 'waiting')))
    .returning({ id: account.id });
  return gone.length > 0;
}
