import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../db/client.ts';
import { participation, roomRemoval } from '../db/schema/index.ts';
import { handsOf } from './hand-store.ts';
import { accountsIn, personKey, roomsIn } from './person-key.ts';
import { isActive } from './removal-store.ts';
import { findRoom } from './store.ts';

export type ParticipationRow = typeof participation.$inferSelect;

/** Active participations by `personKey`, for these keys. */
export async function activePlaces(db: DbOrTx, keys: readonly string[]): Promise<Map<string, ParticipationRow>> {
  const rows = await db
    .select()
    .from(participation)
    .where(
      and(inArray(participation.roomId, roomsIn(keys)), inArray(participation.accountId, accountsIn(keys)), isActive),
    );
  return new Map(rows.map((row) => [personKey(row), row]));
}

/**
 * By account, the active participations of these people in a room, held until the transaction ends: nobody leaves before,
 * so that what is decided about them is still true then.
 */
export async function holdActive(
  tx: Tx,
  roomId: string,
  accountIds: string[],
): Promise<ReadonlyMap<string, ParticipationRow>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(participation)
    .where(and(eq(participation.roomId, roomId), inArray(participation.accountId, accountIds), isActive))
    .for('share', { of: participation });
  return new Map(rows.map((row) => [row.accountId, row]));
}

export async function activeParticipation(
  db: DbOrTx,
  roomId: string,
  accountId: string,
): Promise<ParticipationRow | undefined> {
  const [row] = await db
    .select()
    .from(participation)
    .where(and(eq(participation.roomId, roomId), eq(participation.accountId, accountId), isActive));
  return row;
}

/**
 * Ends a participation that holds nothing: no seat, no hand. False where it holds something, which only a command under
 * the room's lock may give back. Commands hold the participations they decide about, so that neither overtakes the other.
 */
export async function endIdleParticipation(db: Db, options: { row: ParticipationRow; at: number }): Promise<boolean> {
  const { id, roomId } = options.row;
  return db.transaction(async (tx) => {
    await tx.select({ id: participation.id }).from(participation).where(eq(participation.id, id)).for('update');
    const [hands, row] = await Promise.all([handsOf(tx, [id]), findRoom(tx, roomId)]);
    if (hands.length > 0 || row?.stage.some((seat) => seat.participationId === id)) return false;
    await endParticipation(tx, { participationId: id, at: options.at, out: 'left' });
    return true;
  });
}

export async function findParticipation(db: DbOrTx, participationId: string): Promise<ParticipationRow | undefined> {
  const [row] = await db.select().from(participation).where(eq(participation.id, participationId));
  return row;
}

/** Everything active, and what ended since `since`: one person's places. */
export const placesOf = (db: DbOrTx, accountId: string, since: number): Promise<ParticipationRow[]> =>
  db
    .select()
    .from(participation)
    .where(
      and(
        eq(participation.accountId, accountId),
        sql`(${participation.leftAt} is null or ${participation.leftAt} > ${since})`,
      ),
    );

/** False where the person already has an active participation in this room. */
export async function insertParticipation(db: DbOrTx, row: typeof participation.$inferInsert): Promise<boolean> {
  const inserted = await db.insert(participation).values(row).onConflictDoNothing().returning({ id: participation.id });
  return inserted.length === 1;
}

export async function moveParticipation(db: DbOrTx, participationId: string, signInId: string): Promise<void> {
  await db.update(participation).set({ signInId }).where(eq(participation.id, participationId));
}

export async function endParticipation(
  db: DbOrTx,
  options: { participationId: string; at: number; out: 'left' | 'removed' },
): Promise<void> {
  await db
    .update(participation)
    .set({ leftAt: options.at, out: options.out })
    .where(and(eq(participation.id, options.participationId), isNull(participation.leftAt)));
}

export const activeIn = (db: DbOrTx, roomId: string): Promise<ParticipationRow[]> =>
  db
    .select()
    .from(participation)
    .where(and(eq(participation.roomId, roomId), isActive));

/** Who is behind these participations, whether they are still there or not. */
export async function accountsBehind(db: DbOrTx, participationIds: string[]): Promise<Map<string, string>> {
  if (participationIds.length === 0) return new Map();
  const rows = await db
    .select({ id: participation.id, accountId: participation.accountId })
    .from(participation)
    .where(inArray(participation.id, participationIds));
  return new Map(rows.map(({ id, accountId }) => [id, accountId]));
}

/** Of `accountIds`, those who are in this room, and those who were removed from it. */
export async function whereabouts(
  db: DbOrTx,
  roomId: string,
  accountIds: readonly string[],
): Promise<{ inside: Set<string>; removed: Set<string> }> {
  if (accountIds.length === 0) return { inside: new Set(), removed: new Set() };
  const ids = [...accountIds];
  const [inside, removed] = await Promise.all([
    db
      .select({ id: participation.accountId })
      .from(participation)
      .where(and(eq(participation.roomId, roomId), inArray(participation.accountId, ids), isActive)),
    db
      .select({ id: roomRemoval.accountId })
      .from(roomRemoval)
      .where(and(eq(roomRemoval.roomId, roomId), inArray(roomRemoval.accountId, ids))),
  ]);
  const idsOf = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  return { inside: idsOf(inside), removed: idsOf(removed) };
}
