import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from '../db/client.ts';
import { participation, speakingInterval } from '../db/schema/index.ts';
import type { Spoken } from './state.ts';

export type IntervalRow = typeof speakingInterval.$inferInsert;

/** More than anybody says while one turn lasts. */
const NEWEST = 300;

/** Who these participations of one room are; others are missing. */
export async function accountsOf(
  db: DbOrTx,
  roomId: string,
  participationIds: readonly string[],
): Promise<Map<string, string>> {
  if (participationIds.length === 0) return new Map();
  const rows = await db
    .select({ id: participation.id, accountId: participation.accountId })
    .from(participation)
    .where(and(eq(participation.roomId, roomId), inArray(participation.id, [...participationIds])));
  return new Map(rows.map((row) => [row.id, row.accountId]));
}

/** The same beginning is the same interval: it only ever becomes longer. No two rows may have the same. */
export async function saveIntervals(db: DbOrTx, rows: IntervalRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(speakingInterval)
    .values(rows)
    .onConflictDoUpdate({
      target: [speakingInterval.participationId, speakingInterval.from],
      set: { to: sql`greatest(${speakingInterval.to}, excluded."to")` },
    });
}

export type SpokenSum = { accountId: string; organisation: string | null; spokenMs: number };

export const spokenSums = (db: Db, roomId: string): Promise<SpokenSum[]> =>
  db
    .select({
      accountId: speakingInterval.accountId,
      organisation: speakingInterval.organisation,
      spokenMs: sql`sum(${speakingInterval.to} - ${speakingInterval.from})`.mapWith(Number),
    })
    .from(speakingInterval)
    .where(eq(speakingInterval.roomId, roomId))
    .groupBy(speakingInterval.accountId, speakingInterval.organisation);

/** What was said last, newest first. */
export const newestIntervals = (db: Db, roomId: string): Promise<Spoken[]> =>
  db
    .select({
      participationId: speakingInterval.participationId,
      accountId: speakingInterval.accountId,
      from: speakingInterval.from,
      to: speakingInterval.to,
    })
    .from(speakingInterval)
    .where(eq(speakingInterval.roomId, roomId))
    .orderBy(desc(speakingInterval.to))
    .limit(NEWEST);
