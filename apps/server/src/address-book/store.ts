import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { addressBook, addressBookEntry, addressBookUse } from '../db/schema/waitlist.ts';

export async function find(db: DbOrTx, ownerId: string, now: number) {
  const [row] = await db
    .select()
    .from(addressBook)
    .where(and(eq(addressBook.ownerId, ownerId), gt(addressBook.expiresAt, now)));
  return row;
}

export async function remove(db: DbOrTx, ownerId: string): Promise<void> {
  await db.delete(addressBook).where(eq(addressBook.ownerId, ownerId));
}

/** Adds to the book, which is made where there is none. One parameter for all of them: there may be thousands. */
export async function add(
  tx: Tx,
  row: { ownerId: string; uploadedAt: number; expiresAt: number },
  hashes: readonly string[],
): Promise<void> {
  await tx
    .insert(addressBook)
    .values({ ...row, entries: 0 })
    .onConflictDoNothing();
  await tx.execute(sql`
    insert into ${addressBookEntry} (owner_id, hash)
    select ${row.ownerId}::uuid, hash from unnest(${sql.param([...hashes])}::text[]) as hash on conflict do nothing`);
  const entries = await tx.$count(addressBookEntry, eq(addressBookEntry.ownerId, row.ownerId));
  await tx.update(addressBook).set({ entries }).where(eq(addressBook.ownerId, row.ownerId));
}

/** Of these hashes, how many are in somebody's book already: looking for them again tells nothing new. */
export async function countKnown(tx: Tx, ownerId: string, hashes: readonly string[]): Promise<number> {
  return tx.$count(
    addressBookEntry,
    and(eq(addressBookEntry.ownerId, ownerId), sql`${addressBookEntry.hash} = any(${sql.param([...hashes])}::text[])`),
  );
}

/** Counts what is looked for in the window that began after `windowStart`, and answers with how much that is by now. */
export async function look(tx: Tx, use: { ownerId: string; looked: number; now: number; windowStart: number }) {
  const { ownerId, looked, now, windowStart } = use;
  const anew = sql`${addressBookUse.since} <= ${windowStart}`;
  const [row] = await tx
    .insert(addressBookUse)
    .values({ ownerId, looked, since: now })
    .onConflictDoUpdate({
      target: addressBookUse.ownerId,
      set: {
        looked: sql`case when ${anew} then ${looked} else ${addressBookUse.looked} + ${looked} end`,
        since: sql`case when ${anew} then ${now} else ${addressBookUse.since} end`,
      },
    })
    .returning({ looked: addressBookUse.looked, since: addressBookUse.since });
  if (!row) throw new Error('an upsert gave no row');
  return row;
}

/** Those who have this hash in their book. */
export async function ownersOf(db: DbOrTx, hash: string, now: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: addressBook.ownerId })
    .from(addressBookEntry)
    .innerJoin(addressBook, eq(addressBook.ownerId, addressBookEntry.ownerId))
    .where(and(eq(addressBookEntry.hash, hash), gt(addressBook.expiresAt, now)))
    .limit(limit);
  return rows.map((row) => row.id);
}

export async function forget(db: DbOrTx, now: number, windowStart: number): Promise<void> {
  await db.delete(addressBook).where(lte(addressBook.expiresAt, now));
  await db.delete(addressBookUse).where(lte(addressBookUse.since, windowStart));
}
