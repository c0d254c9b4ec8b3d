import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx, Tx } from '../db/client.ts';
import { guest, guestLink, participation, profile, room, roomInvitee, roomRemoval } from '../db/schema/index.ts';

export type LinkRow = typeof guestLink.$inferSelect;
export type GuestRow = typeof guest.$inferSelect;

export async function addLink(db: DbOrTx, row: typeof guestLink.$inferInsert): Promise<void> {
  await db.insert(guestLink).values(row);
}

/** The link of a secret, and whether its room is live. */
export async function findLink(db: DbOrTx, hash: string): Promise<{ link: LinkRow; roomLive: boolean } | undefined> {
  const [row] = await db
    .select({ link: guestLink, status: room.status })
    .from(guestLink)
    .innerJoin(room, eq(room.id, guestLink.roomId))
    .where(eq(guestLink.hash, hash));
  return row && { link: row.link, roomLive: row.status === 'live' };
}

/**
 * Takes one use of a link, by default the one that this guest came by, if there is one left: of two that come in at the
 * same time for the last one, one does.
 */
export async function spendUse(tx: Tx, by: { accountId: string; linkId: string | null }): Promise<boolean> {
  const ofGuest = tx.select({ id: guest.linkId }).from(guest).where(eq(guest.accountId, by.accountId));
  const rows = await tx
    .update(guestLink)
    .set({ usesLeft: sql`${guestLink.usesLeft} - 1` })
    .where(
      and(
        by.linkId === null ? inArray(guestLink.id, ofGuest) : eq(guestLink.id, by.linkId),
        or(isNull(guestLink.usesLeft), gt(guestLink.usesLeft, 0)),
      ),
    )
    .returning({ id: guestLink.id });
  return rows.length > 0;
}

/** Whether this member was asked into this room by a link before. */
export async function isKnownMember(db: DbOrTx, roomId: string, accountId: string): Promise<boolean> {
  const rows = await db
    .select({ id: roomInvitee.accountId })
    .from(roomInvitee)
    .where(and(eq(roomInvitee.roomId, roomId), eq(roomInvitee.accountId, accountId), isNotNull(roomInvitee.linkId)));
  return rows.length > 0;
}

export const openLinks = (db: DbOrTx, roomId: string, now: number): Promise<LinkRow[]> =>
  db
    .select()
    .from(guestLink)
    .where(
      and(
        eq(guestLink.roomId, roomId),
        isNull(guestLink.revokedAt),
        or(isNull(guestLink.expiresAt), gt(guestLink.expiresAt, now)),
        or(isNull(guestLink.usesLeft), gt(guestLink.usesLeft, 0)),
      ),
    )
    .orderBy(desc(guestLink.createdAt), asc(guestLink.id));

export async function revokeLink(db: DbOrTx, link: { roomId: string; id: string; at: number }): Promise<void> {
  await db
    .update(guestLink)
    .set({ revokedAt: link.at })
    .where(and(eq(guestLink.id, link.id), eq(guestLink.roomId, link.roomId), isNull(guestLink.revokedAt)));
}

/** Participations, the newest of each, of all who came by a link and were not removed. */
export async function cameBy(db: DbOrTx, link: { roomId: string; id: string }): Promise<string[]> {
  const guests = db.select({ id: guest.accountId }).from(guest).where(eq(guest.linkId, link.id));
  const members = db
    .select({ id: roomInvitee.accountId })
    .from(roomInvitee)
    .where(and(eq(roomInvitee.roomId, link.roomId), eq(roomInvitee.linkId, link.id)));
  const rows = await db
    .selectDistinctOn([participation.accountId], { id: participation.id })
    .from(participation)
    .where(
      and(
        eq(participation.roomId, link.roomId),
        or(inArray(participation.accountId, guests), inArray(participation.accountId, members)),
        sql`not ${isRemoved}`,
      ),
    )
    .orderBy(participation.accountId, desc(participation.joinedAt));
  return rows.map((row) => row.id);
}

const isRemoved = sql<boolean>`exists (
  select 1 from ${roomRemoval}
  where ${roomRemoval.roomId} = ${participation.roomId} and ${roomRemoval.accountId} = ${participation.accountId}
)`;

/** The guest of this room on this device. */
export async function findByDevice(
  db: DbOrTx,
  roomId: string,
  deviceHash: string,
): Promise<{ guest: GuestRow; removed: boolean } | undefined> {
  const [row] = await db
    .select({ guest, removedAt: roomRemoval.at })
    .from(guest)
    .leftJoin(roomRemoval, and(eq(roomRemoval.roomId, guest.roomId), eq(roomRemoval.accountId, guest.accountId)))
    .where(and(eq(guest.roomId, roomId), eq(guest.deviceHash, deviceHash)));
  return row && { guest: row.guest, removed: row.removedAt !== null };
}

export async function addGuest(tx: Tx, row: typeof guest.$inferInsert): Promise<void> {
  await tx.insert(guest).values(row);
}

export async function changeGuest(
  tx: Tx,
  accountId: string,
  change: Pick<GuestRow, 'linkId' | 'name' | 'nameSkeleton' | 'standingOffer' | 'networkHash'>,
): Promise<void> {
  await tx.update(guest).set(change).where(eq(guest.accountId, accountId));
}

/** Whether somebody else who came from the same network was removed from this guest's room. */
export async function fromRemovedNetwork(db: DbOrTx, accountId: string): Promise<boolean> {
  const other = alias(guest, 'other');
  const rows = await db
    .select({ id: other.accountId })
    .from(guest)
    .innerJoin(other, and(eq(other.roomId, guest.roomId), eq(other.networkHash, guest.networkHash)))
    .innerJoin(roomRemoval, and(eq(roomRemoval.roomId, guest.roomId), eq(roomRemoval.accountId, other.accountId)))
    .where(and(eq(guest.accountId, accountId), ne(other.accountId, accountId)))
    .limit(1);
  return rows.length > 0;
}

/** Names of the members who are in a room. */
export async function memberNames(db: DbOrTx, roomId: string): Promise<string[]> {
  const rows = await db
    .select({ name: profile.name })
    .from(participation)
    .innerJoin(profile, eq(profile.accountId, participation.accountId))
    .where(and(eq(participation.roomId, roomId), isNull(participation.leftAt)));
  return rows.map((row) => row.name);
}

export async function standingOffer(db: DbOrTx, accountId: string): Promise<boolean> {
  const [row] = await db.select({ standing: guest.standingOffer }).from(guest).where(eq(guest.accountId, accountId));
  return row?.standing ?? false;
}
