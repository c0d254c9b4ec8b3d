import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { participation, room, roomInvitee } from '../db/schema/index.ts';
import { isActive, notRemoved } from './removal-store.ts';

/** Whoever counts the places of a room waits here for the others who do, until their transaction ends. */
export async function lockPlaces(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${roomId}, 1))`);
}

export async function placesTaken(db: DbOrTx, roomId: string): Promise<number> {
  const [row] = await db
    .select({ taken: count() })
    .from(participation)
    .where(and(eq(participation.roomId, roomId), isNull(participation.leftAt)));
  return row?.taken ?? 0;
}

export async function invitation(
  db: DbOrTx,
  roomId: string,
  accountId: string,
): Promise<{ expected: boolean; linkId: string | null; standingOffer: boolean } | undefined> {
  const { expected, linkId, standingOffer } = roomInvitee;
  const [row] = await db
    .select({ expected, linkId, standingOffer })
    .from(roomInvitee)
    .where(and(eq(roomInvitee.roomId, roomId), eq(roomInvitee.accountId, accountId)));
  return row;
}

/** Whoever ever was in a room and was not removed from it. */
export async function tookPart(db: DbOrTx, roomId: string, accountId: string): Promise<boolean> {
  const rows = await db
    .select({ id: participation.id })
    .from(participation)
    .where(and(eq(participation.roomId, roomId), eq(participation.accountId, accountId), notRemoved))
    .limit(1);
  return rows.length > 0;
}

/** Gives those who were not invited yet. Whom somebody on stage expects stays expected. */
export async function insertInvitees(db: DbOrTx, rows: (typeof roomInvitee.$inferInsert)[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const inserted = await db
    .insert(roomInvitee)
    .values(rows)
    .onConflictDoUpdate({
      target: [roomInvitee.roomId, roomInvitee.accountId],
      set: { expected: sql`${roomInvitee.expected} or excluded.expected` },
    })
    // A row that was there already was written by an earlier transaction.
    .returning({ id: roomInvitee.accountId, isNew: sql<boolean>`xmax = 0` });
  return inserted.flatMap(({ id, isNew }) => (isNew ? [id] : []));
}

/** Asks a member in by a guest link. What a moderator took back of the same link stays so. */
export async function inviteByLink(db: DbOrTx, row: typeof roomInvitee.$inferInsert): Promise<void> {
  const { linkId, standingOffer } = roomInvitee;
  await db
    .insert(roomInvitee)
    .values(row)
    .onConflictDoUpdate({
      target: [roomInvitee.roomId, roomInvitee.accountId],
      set: {
        linkId: sql`excluded.link_id`,
        standingOffer: sql`${standingOffer} or (excluded.standing_offer and ${linkId} is distinct from excluded.link_id)`,
      },
    });
}

type Pair = { roomId: string; accountId: string };

/** Of these people, those who belong to these rooms by themselves: invited, inside, or the starter. */
export async function belonging(db: DbOrTx, roomIds: string[], accountIds: readonly string[]): Promise<Pair[]> {
  if (roomIds.length === 0 || accountIds.length === 0) return [];
  const people = sql`any(${sql.param([...accountIds])}::uuid[])`;
  const invited = db
    .select({ roomId: roomInvitee.roomId, accountId: roomInvitee.accountId })
    .from(roomInvitee)
    .where(and(inArray(roomInvitee.roomId, roomIds), sql`${roomInvitee.accountId} = ${people}`));
  const inside = db
    .select({ roomId: participation.roomId, accountId: participation.accountId })
    .from(participation)
    .where(and(inArray(participation.roomId, roomIds), sql`${participation.accountId} = ${people}`, isActive));
  const started = db
    .select({ roomId: room.id, accountId: room.starterId })
    .from(room)
    .where(and(inArray(room.id, roomIds), sql`${room.starterId} = ${people}`));
  return (await Promise.all([invited, inside, started])).flat();
}
