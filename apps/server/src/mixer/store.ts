import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { mixerLease } from '../db/schema/index.ts';

export type LeaseRow = typeof mixerLease.$inferSelect;
export type Held = { roomId: string; generation: number };

/** Takes a lease that nobody holds, as the next generation; undefined where somebody does. */
export async function takeLease(
  db: Db,
  wanted: { roomId: string; mixerId: string; now: number; expiresAt: number },
): Promise<LeaseRow | undefined> {
  const { roomId, mixerId, now, expiresAt } = wanted;
  const [row] = await db
    .insert(mixerLease)
    .values({ roomId, mixerId, generation: 1, claimedAt: now, expiresAt })
    .onConflictDoUpdate({
      target: mixerLease.roomId,
      set: { mixerId, claimedAt: now, expiresAt, generation: sql`${mixerLease.generation} + 1` },
      setWhere: lte(mixerLease.expiresAt, now),
    })
    .returning();
  return row;
}

export const findLease = async (db: Db, { roomId, generation }: Held): Promise<LeaseRow | undefined> =>
  (
    await db
      .select()
      .from(mixerLease)
      .where(and(eq(mixerLease.roomId, roomId), eq(mixerLease.generation, generation)))
  )[0];

/** Rooms of these that a mixer holds now, by room. */
export async function heldLeases(db: Db, roomIds: readonly string[], now: number): Promise<Map<string, LeaseRow>> {
  if (roomIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(mixerLease)
    .where(and(inArray(mixerLease.roomId, [...roomIds]), gt(mixerLease.expiresAt, now)));
  return new Map(rows.map((row) => [row.roomId, row]));
}

export async function prolongLeases(
  db: Db,
  options: { roomIds: readonly string[]; mixerId: string; expiresAt: number },
): Promise<void> {
  if (options.roomIds.length === 0) return;
  await db
    .update(mixerLease)
    .set({ expiresAt: options.expiresAt })
    .where(and(inArray(mixerLease.roomId, [...options.roomIds]), eq(mixerLease.mixerId, options.mixerId)));
}

/** Everything that one mixer holds is anybody's. */
export async function endLeasesOf(db: Db, mixerId: string, now: number): Promise<void> {
  await db
    .update(mixerLease)
    .set({ expiresAt: now })
    .where(and(eq(mixerLease.mixerId, mixerId), gt(mixerLease.expiresAt, now)));
}

export async function endLease(db: Db, { roomId, generation }: Held, now: number): Promise<void> {
  await db
    .update(mixerLease)
    .set({ expiresAt: now })
    .where(and(eq(mixerLease.roomId, roomId), eq(mixerLease.generation, generation), gt(mixerLease.expiresAt, now)));
}
