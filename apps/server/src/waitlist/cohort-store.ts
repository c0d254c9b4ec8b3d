import { and, asc, count, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { account, nomination, participation, profile } from '../db/schema/index.ts';
import { admissionMail, cohort, waitlistEntry } from '../db/schema/waitlist.ts';

export type CohortRow = typeof cohort.$inferSelect;

const SHOWN = 50;

export async function add(db: DbOrTx, row: typeof cohort.$inferInsert): Promise<CohortRow> {
  const [made] = await db.insert(cohort).values(row).returning();
  if (!made) throw new Error('an insert gave no row');
  return made;
}

export const newest = (db: DbOrTx): Promise<CohortRow[]> =>
  db.select().from(cohort).orderBy(desc(cohort.at), asc(cohort.id)).limit(SHOWN);

export async function cancel(db: DbOrTx, id: string): Promise<boolean> {
  const rows = await db
    .update(cohort)
    .set({ state: 'cancelled' })
    .where(and(eq(cohort.id, id), eq(cohort.state, 'planned')))
    .returning({ id: cohort.id });
  return rows.length > 0;
}

/** A cohort whose time has come, for this process alone until the transaction ends. */
export async function takeDue(tx: Tx, now: number): Promise<CohortRow | undefined> {
  const [row] = await tx
    .select()
    .from(cohort)
    .where(and(eq(cohort.state, 'planned'), lte(cohort.at, now)))
    .orderBy(asc(cohort.at), asc(cohort.id))
    .limit(1)
    .for('update', { skipLocked: true });
  return row;
}

export async function finish(tx: Tx, id: string, admitted: number): Promise<void> {
  await tx.update(cohort).set({ state: 'done', admitted }).where(eq(cohort.id, id));
}

/** Who is next: with name and handle, oldest first, of these industries where some are given. */
export async function next(tx: Tx, size: number, industries: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: waitlistEntry.accountId })
    .from(waitlistEntry)
    .innerJoin(account, and(eq(account.id, waitlistEntry.accountId), eq(account.status, 'waiting')))
    .innerJoin(profile, eq(profile.accountId, waitlistEntry.accountId))
    .where(industries.length > 0 ? inArray(profile.industry, [...industries]) : undefined)
    .orderBy(asc(waitlistEntry.since), asc(waitlistEntry.accountId))
    .limit(size)
    .for('update', { of: waitlistEntry, skipLocked: true });
  return rows.map((row) => row.id);
}

export async function funnel(db: DbOrTx) {
  const [waiting] = await db
    .select({
      waiting: count(),
      named: count(profile.accountId),
      described: sql<number>`count(*) filter (where ${profile.accountId} is not null and ${waitlistEntry.sentence} <> '')::int`,
    })
    .from(waitlistEntry)
    .leftJoin(profile, eq(profile.accountId, waitlistEntry.accountId));
  const entered = sql`exists (select 1 from ${participation} where ${participation}.account_id = ${nomination}.account_id)`;
  const [admitted] = await db
    .select({ admitted: count(), entered: sql<number>`count(*) filter (where ${entered})::int` })
    .from(nomination)
    .where(sql`${nomination.way} in ('wave', 'administrator', 'cohort')`);
  return { waiting: 0, named: 0, described: 0, admitted: 0, entered: 0, ...waiting, ...admitted };
}

export async function addMail(tx: DbOrTx, accountId: string): Promise<void> {
  await tx.insert(admissionMail).values({ accountId }).onConflictDoNothing();
}

/** One mail to be sent, for this process alone until `until`. */
export async function holdMail(db: DbOrTx, now: number, until: number) {
  const due = db
    .select({ id: admissionMail.accountId })
    .from(admissionMail)
    .where(lte(admissionMail.heldUntil, now))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db
    .update(admissionMail)
    .set({ heldUntil: until })
    .where(sql`${admissionMail.accountId} in ${due}`)
    .returning({ accountId: admissionMail.accountId });
  if (!row) return undefined;
  const [person] = await db
    .select({ accountId: account.id, email: account.email, locale: account.locale, proven: account.emailVerified })
    .from(account)
    .where(eq(account.id, row.accountId));
  return person;
}

export async function removeMail(db: DbOrTx, accountId: string): Promise<void> {
  await db.delete(admissionMail).where(eq(admissionMail.accountId, accountId));
}
