import type { AccountId } from '@salotto/contract';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { profile } from '../db/schema/people.ts';
import { addressBook, addressBookEntry, waitlistEntry } from '../db/schema/waitlist.ts';

export type EntryRow = typeof waitlistEntry.$inferSelect;

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
      industry: profile.industry,
      findable: sql<boolean>`${waitlistEntry.addressHash} is not null`,
      before,
      waiting: sql<number>`(select count(*)::int from ${waitlistEntry})`,
    })
    .from(waitlistEntry)
    .leftJoin(profile, eq(profile.accountId, waitlistEntry.accountId))
    .where(eq(waitlistEntry.accountId, accountId));
  return row;
}

export async function change(
  db: DbOrTx,
  accountId: AccountId,
  patch: { sentence?: string; addressHash?: string | null },
): Promise<void> {
  if (Object.keys(patch).length === 0) return;
  await db.update(waitlistEntry).set(patch).where(eq(waitlistEntry.accountId, accountId));
}

/** True the first time: nobody is told of the same person twice. */
export async function markTold(db: DbOrTx, accountId: AccountId): Promise<boolean> {
  const rows = await db
    .update(waitlistEntry)
    .set({ told: true })
    .where(and(eq(waitlistEntry.accountId, accountId), eq(waitlistEntry.told, false)))
    .returning({ id: waitlistEntry.accountId });
  return rows.length > 0;
}

/** The address that somebody has shown to be theirs; empty where there is none. */
export async function emailOf(db: DbOrTx, accountId: AccountId): Promise<string> {
  const [row] = await db
    .select({ email: account.email })
    .from(account)
    .where(and(eq(account.id, accountId), eq(account.emailVerified, true)));
  return row?.email ?? '';
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

/** Those who wait, agreed to be found, and are in this member's address book; one of them, where `accountId` is given. */
export async function known(
  db: DbOrTx,
  ownerId: AccountId,
  options: { now: number; limit: number; accountId?: AccountId },
): Promise<EntryRow[]> {
  const rows = await db
    .select({ entry: waitlistEntry })
    .from(addressBookEntry)
    .innerJoin(addressBook, eq(addressBook.ownerId, addressBookEntry.ownerId))
    .innerJoin(waitlistEntry, eq(waitlistEntry.addressHash, addressBookEntry.hash))
    .where(
      and(
        eq(addressBookEntry.ownerId, ownerId),
        gt(addressBook.expiresAt, options.now),
        options.accountId ? eq(waitlistEntry.accountId, options.accountId) : undefined,
      ),
    )
    .orderBy(asc(waitlistEntry.since), asc(waitlistEntry.accountId))
    .limit(options.limit);
  return rows.map((row) => row.entry);
}

/** Those who wait, oldest first. */
export const page = (
  db: DbOrTx,
  after: { since: number; accountId: string } | undefined,
  limit: number,
): Promise<EntryRow[]> =>
  db
    .select()
    .from(waitlistEntry)
    .where(
      after
        ? sql`(${waitlistEntry.since}, ${waitlistEntry.accountId}) > (${after.since}, ${after.accountId}::uuid)`
        : undefined,
    )
    .orderBy(asc(waitlistEntry.since), asc(waitlistEntry.accountId))
    .limit(limit);
