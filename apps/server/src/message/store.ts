import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { room, roomChat, roomLink, roomMessage, roomRead } from '../db/schema/index.ts';

export type ChatRow = typeof roomChat.$inferSelect;
export type MessageRow = typeof roomMessage.$inferSelect;
export type LinkRow = typeof roomLink.$inferSelect;

/** How long a writer waits for another one of the same chat in another process. */
const LOCK_TIMEOUT_MS = 2_000;

const EMPTY = { seq: 0, open: true, slowModeSeconds: 0, settingsSeq: 0, pinnedLinkId: null, pinnedSeq: 0 };

/** Not inside a transaction: it may wait for the room's lock. */
export async function ensureChat(db: DbOrTx, roomId: string): Promise<void> {
  if (await existsChat(db, roomId)) return;
  await db
    .insert(roomChat)
    .values({ roomId, ...EMPTY })
    .onConflictDoNothing();
}

async function existsChat(db: DbOrTx, roomId: string): Promise<boolean> {
  const rows = await db.select({ seq: roomChat.seq }).from(roomChat).where(eq(roomChat.roomId, roomId));
  return rows.length > 0;
}

export async function existsRoom(db: DbOrTx, roomId: string): Promise<boolean> {
  const rows = await db.select({ id: room.id }).from(room).where(eq(room.id, roomId));
  return rows.length > 0;
}

/** A chat in which nothing happened yet has no row. */
export async function findChat(db: DbOrTx, roomId: string): Promise<ChatRow> {
  const [row] = await db.select().from(roomChat).where(eq(roomChat.roomId, roomId));
  return row ?? { roomId, ...EMPTY };
}

export async function chatSeqs(db: DbOrTx, roomIds: string[]): Promise<Map<string, number>> {
  if (roomIds.length === 0) return new Map();
  const rows = await db
    .select({ roomId: roomChat.roomId, seq: roomChat.seq })
    .from(roomChat)
    .where(inArray(roomChat.roomId, roomIds));
  return new Map(rows.map((row) => [row.roomId, row.seq]));
}

/** The chat's row, locked until the transaction ends. */
export async function lockChat(tx: Tx, roomId: string): Promise<ChatRow> {
  await tx.execute(sql.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
  const [row] = await tx.select().from(roomChat).where(eq(roomChat.roomId, roomId)).for('update');
  if (!row) throw new Error('the chat has no row yet');
  return row;
}

export async function saveChat(tx: Tx, { roomId, ...row }: ChatRow): Promise<void> {
  await tx.update(roomChat).set(row).where(eq(roomChat.roomId, roomId));
}

export const insertMessage = (tx: Tx, row: MessageRow) => tx.insert(roomMessage).values(row);

export async function findMessage(db: DbOrTx, roomId: string, id: number): Promise<MessageRow | undefined> {
  const [row] = await db
    .select()
    .from(roomMessage)
    .where(and(eq(roomMessage.roomId, roomId), eq(roomMessage.id, id)));
  return row;
}

export async function findByKey(
  db: DbOrTx,
  sent: { roomId: string; accountId: string; key: string },
): Promise<MessageRow | undefined> {
  const [row] = await db
    .select()
    .from(roomMessage)
    .where(
      and(
        eq(roomMessage.roomId, sent.roomId),
        eq(roomMessage.accountId, sent.accountId),
        eq(roomMessage.key, sent.key),
      ),
    );
  return row;
}

/** When somebody wrote last in a room; null where they never did. */
export async function lastWrittenAt(db: DbOrTx, roomId: string, accountId: string): Promise<number | null> {
  const [row] = await db
    .select({ at: roomMessage.at })
    .from(roomMessage)
    .where(and(eq(roomMessage.roomId, roomId), eq(roomMessage.accountId, accountId)))
    .orderBy(desc(roomMessage.at))
    .limit(1);
  return row?.at ?? null;
}

/** The text is gone from its row; the place stays. */
export async function emptyMessage(
  tx: Tx,
  gone: { roomId: string; id: number; deleted: 'author' | 'moderator'; changedSeq: number },
): Promise<void> {
  const { roomId, id, deleted, changedSeq } = gone;
  await tx
    .update(roomMessage)
    .set({ text: '', deleted, changedSeq })
    .where(and(eq(roomMessage.roomId, roomId), eq(roomMessage.id, id)));
}

export const changedAfter = (
  db: DbOrTx,
  roomId: string,
  range: { after: number; limit: number },
): Promise<MessageRow[]> =>
  db
    .select()
    .from(roomMessage)
    .where(and(eq(roomMessage.roomId, roomId), gt(roomMessage.changedSeq, range.after)))
    .orderBy(asc(roomMessage.changedSeq))
    .limit(range.limit);

/** Newest first. */
export const messagesBefore = (
  db: DbOrTx,
  roomId: string,
  page: { before: number | null; limit: number },
): Promise<MessageRow[]> =>
  db
    .select()
    .from(roomMessage)
    .where(and(eq(roomMessage.roomId, roomId), page.before === null ? undefined : lt(roomMessage.id, page.before)))
    .orderBy(desc(roomMessage.id))
    .limit(page.limit);

export const messagesById = async (db: DbOrTx, roomId: string, ids: number[]): Promise<MessageRow[]> =>
  ids.length === 0
    ? []
    : db
        .select()
        .from(roomMessage)
        .where(and(eq(roomMessage.roomId, roomId), inArray(roomMessage.id, ids)));

/** The newest message that was written before a moment; 0 where there is none. */
export async function newestBefore(db: DbOrTx, roomId: string, at: number): Promise<number> {
  const [row] = await db
    .select({ id: sql<number>`coalesce(max(${roomMessage.id}), 0)` })
    .from(roomMessage)
    .where(and(eq(roomMessage.roomId, roomId), lt(roomMessage.at, at)));
  return row?.id ?? 0;
}

export async function readMark(db: DbOrTx, roomId: string, accountId: string): Promise<number | null> {
  const [row] = await db
    .select({ id: roomRead.messageId })
    .from(roomRead)
    .where(and(eq(roomRead.roomId, roomId), eq(roomRead.accountId, accountId)));
  return row?.id ?? null;
}

/** A mark only ever moves forward. */
export async function saveReadMark(
  db: DbOrTx,
  mark: { roomId: string; accountId: string; messageId: number },
): Promise<void> {
  await db
    .insert(roomRead)
    .values(mark)
    .onConflictDoUpdate({
      target: [roomRead.roomId, roomRead.accountId],
      set: { messageId: sql`greatest(${roomRead.messageId}, excluded.message_id)` },
    });
}

export async function insertLink(
  tx: Tx,
  link: { id: string; roomId: string; url: string; title: string | null; pinnedAt: number },
): Promise<void> {
  await tx.insert(roomLink).values(link);
}

export async function findLink(db: DbOrTx, linkId: string | null): Promise<LinkRow | null> {
  if (linkId === null) return null;
  const [row] = await db.select().from(roomLink).where(eq(roomLink.id, linkId));
  return row ?? null;
}

export async function describeLink(
  tx: Tx,
  linkId: string,
  page: Pick<LinkRow, 'pageTitle' | 'description' | 'picture'>,
): Promise<void> {
  await tx.update(roomLink).set(page).where(eq(roomLink.id, linkId));
}
