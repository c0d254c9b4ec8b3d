import type { AccountId } from '@salotto/contract';
import { and, count, desc, eq, ne } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { personNote } from '../db/schema/people.ts';

export type NoteRow = typeof personNote.$inferSelect;

const between = (writerId: AccountId, aboutId: AccountId) =>
  and(eq(personNote.writerId, writerId), eq(personNote.aboutId, aboutId));

export async function find(db: DbOrTx, writerId: AccountId, aboutId: AccountId): Promise<NoteRow | undefined> {
  const [row] = await db.select().from(personNote).where(between(writerId, aboutId));
  return row;
}

/** How many notes somebody has about others than this one. */
export async function countOthers(db: DbOrTx, writerId: AccountId, aboutId: AccountId): Promise<number> {
  const [row] = await db
    .select({ notes: count() })
    .from(personNote)
    .where(and(eq(personNote.writerId, writerId), ne(personNote.aboutId, aboutId)));
  return row?.notes ?? 0;
}

export async function put(tx: Tx, row: NoteRow): Promise<void> {
  const { text, changedAt } = row;
  await tx
    .insert(personNote)
    .values(row)
    .onConflictDoUpdate({ target: [personNote.writerId, personNote.aboutId], set: { text, changedAt } });
}

export async function remove(db: DbOrTx, writerId: AccountId, aboutId: AccountId): Promise<void> {
  await db.delete(personNote).where(between(writerId, aboutId));
}

/** The last changed first. */
export const list = (db: DbOrTx, writerId: AccountId, limit: number): Promise<NoteRow[]> =>
  db
    .select()
    .from(personNote)
    .where(eq(personNote.writerId, writerId))
    .orderBy(desc(personNote.changedAt), personNote.aboutId)
    .limit(limit);
