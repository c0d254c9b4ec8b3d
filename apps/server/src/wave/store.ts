import type { AccountId } from '@salotto/contract';
import { and, eq, gte, inArray, isNull, lt } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { hereHidden, wave } from '../db/schema/notification.ts';

export type WaveRow = typeof wave.$inferSelect;

export async function insert(db: DbOrTx, row: typeof wave.$inferInsert): Promise<void> {
  await db.insert(wave).values(row);
}

export async function find(db: DbOrTx, id: string): Promise<WaveRow | undefined> {
  const [row] = await db.select().from(wave).where(eq(wave.id, id));
  return row;
}

/** Waves from somebody that still wait. */
export const openFrom = (db: DbOrTx, fromId: AccountId, now: number): Promise<WaveRow[]> =>
  db
    .select()
    .from(wave)
    .where(and(eq(wave.fromId, fromId), gte(wave.until, now), isNull(wave.answer)));

/** The wave from one to another that still waits. */
export async function openBetween(
  db: DbOrTx,
  options: { fromId: AccountId; toId: AccountId; now: number },
): Promise<WaveRow | undefined> {
  const { fromId, toId, now } = options;
  const [row] = await db
    .select()
    .from(wave)
    .where(and(eq(wave.fromId, fromId), eq(wave.toId, toId), gte(wave.until, now), isNull(wave.answer)))
    .limit(1);
  return row;
}

/** False where it was answered before. */
export async function answer(db: DbOrTx, id: string, given: 'accepted' | 'declined'): Promise<boolean> {
  const answered = await db
    .update(wave)
    .set({ answer: given })
    .where(and(eq(wave.id, id), isNull(wave.answer)))
    .returning({ id: wave.id });
  return answered.length > 0;
}

export async function removeBefore(db: DbOrTx, at: number): Promise<void> {
  await db.delete(wave).where(lt(wave.until, at));
}

/** Of these people, those who do not want to be seen here. */
export async function hiddenOf(db: DbOrTx, accountIds: readonly AccountId[]): Promise<Set<AccountId>> {
  if (accountIds.length === 0) return new Set();
  const rows = await db
    .select({ id: hereHidden.accountId })
    .from(hereHidden)
    .where(inArray(hereHidden.accountId, [...accountIds]));
  return new Set(rows.map((row) => row.id as AccountId));
}

export async function setHidden(db: DbOrTx, accountId: AccountId, hidden: boolean): Promise<void> {
  if (hidden) await db.insert(hereHidden).values({ accountId }).onConflictDoNothing();
  else await db.delete(hereHidden).where(eq(hereHidden.accountId, accountId));
}
