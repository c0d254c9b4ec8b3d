import { and, desc, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { participation, roomRemoval } from '../db/schema/index.ts';

/** Nobody removed counts as there, whatever their row says: a join may have met the removal half-way. */
export const notRemoved = sql`not exists (
  select 1 from ${roomRemoval}
  where ${roomRemoval.roomId} = ${participation.roomId} and ${roomRemoval.accountId} = ${participation.accountId}
)`;

/** Of participations: those that are there now. */
export const isActive = and(isNull(participation.leftAt), notRemoved);

export const isRemoved = async (db: DbOrTx, roomId: string, accountId: string): Promise<boolean> =>
  (await removalsOf(db, roomId, [accountId])).has(accountId);

/** Who of these is kept out, and until when. A row stands until it is lifted: time lifts it, as upkeep. */
export async function removalsOf(
  db: DbOrTx,
  roomId: string,
  accountIds: string[],
): Promise<Map<string, number | null>> {
  if (accountIds.length === 0) return new Map();
  return removals(db, and(eq(roomRemoval.roomId, roomId), inArray(roomRemoval.accountId, accountIds)));
}

export const expiredBansIn = (db: DbOrTx, roomId: string, now: number): Promise<Map<string, number | null>> =>
  removals(db, and(eq(roomRemoval.roomId, roomId), lte(roomRemoval.until, now)));

async function removals(db: DbOrTx, which: SQL | undefined): Promise<Map<string, number | null>> {
  const rows = await db
    .select({ accountId: roomRemoval.accountId, until: roomRemoval.until })
    .from(roomRemoval)
    .where(which);
  return new Map(rows.map((row) => [row.accountId, row.until]));
}

/** Who is kept out of a room, newest first. */
export const bansIn = (db: DbOrTx, roomId: string, limit: number) =>
  db
    .select({ accountId: roomRemoval.accountId, at: roomRemoval.at, until: roomRemoval.until })
    .from(roomRemoval)
    .where(eq(roomRemoval.roomId, roomId))
    .orderBy(desc(roomRemoval.at))
    .limit(limit);
