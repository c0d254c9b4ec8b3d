import type { HandPolicy, Locale } from '@salotto/contract';
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { room } from '../db/schema/index.ts';
import type { RaisedHand, RoomState } from './state.ts';

export type RoomRow = typeof room.$inferSelect;

/** How long a command waits for another one of the same room in another process. */
const LOCK_TIMEOUT_MS = 2_000;

export async function insertRoom(tx: Tx, row: typeof room.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(room).values(row).onConflictDoNothing().returning({ id: room.id });
  return inserted.length === 1;
}

export async function findByStartKey(db: DbOrTx, starterId: string, startKey: string): Promise<RoomRow | undefined> {
  const [row] = await db
    .select()
    .from(room)
    .where(and(eq(room.starterId, starterId), eq(room.startKey, startKey)));
  return row;
}

export async function findRoom(db: DbOrTx, roomId: string): Promise<RoomRow | undefined> {
  const [row] = await db.select().from(room).where(eq(room.id, roomId));
  return row;
}

/** The row, locked until the transaction ends. */
export async function lockRoom(tx: Tx, roomId: string): Promise<RoomRow | undefined> {
  await tx.execute(sql.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
  const [row] = await tx.select().from(room).where(eq(room.id, roomId)).for('update');
  return row;
}

export const liveRooms = (db: DbOrTx): Promise<RoomRow[]> =>
  db.select().from(room).where(eq(room.status, 'live')).orderBy(asc(room.startedAt));

export const findRooms = async (db: DbOrTx, ids: string[]): Promise<RoomRow[]> =>
  ids.length === 0 ? [] : db.select().from(room).where(inArray(room.id, ids));

/** Live rooms that somebody started. */
export async function liveRoomsStartedBy(db: DbOrTx, accountId: string): Promise<number> {
  const [row] = await db
    .select({ live: count() })
    .from(room)
    .where(and(eq(room.starterId, accountId), eq(room.status, 'live')));
  return row?.live ?? 0;
}

/** The state that rules see, with the hands given: all of them, or only those a command needs. */
export function toState(
  row: RoomRow,
  hands: readonly RaisedHand[],
  removed: ReadonlyMap<string, number | null> = new Map(),
): RoomState {
  return {
    status: row.status,
    starterId: row.starterId,
    seq: row.seq,
    handPolicy: row.handPolicy as HandPolicy,
    handOrder: row.handOrder,
    settings: {
      topics: row.topics,
      locale: row.locale as Locale,
      visibility: row.visibility,
      locked: row.locked,
      lobby: row.lobby,
      speakerLinksPassLobby: row.speakerLinksPassLobby,
      ledger: row.ledger,
      capacity: row.capacity,
      stageLimit: row.stageLimit,
    },
    turnClock: row.turnClock,
    stage: row.stage,
    hands: new Map(hands.map((entry) => [entry.participationId, entry])),
    removed,
    knocking: new Set(),
    returning: row.returning,
    stageEmptySince: row.stageEmptySince,
    endedAt: row.endedAt,
  };
}

/** Writes the room's row: once per transaction. */
export async function saveRoom(tx: Tx, roomId: string, next: RoomState): Promise<void> {
  await tx
    .update(room)
    .set({
      status: next.status,
      seq: next.seq,
      handPolicy: next.handPolicy,
      handOrder: next.handOrder,
      ...next.settings,
      topics: [...next.settings.topics],
      turnClock: next.turnClock,
      stage: [...next.stage],
      returning: [...next.returning],
      stageEmptySince: next.stageEmptySince,
      endedAt: next.endedAt,
    })
    .where(eq(room.id, roomId));
}

export async function saveTexts(
  tx: Tx,
  roomId: string,
  texts: { title?: string | undefined; description?: string | undefined },
): Promise<void> {
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
  if (Object.keys(given).length > 0) await tx.update(room).set(given).where(eq(room.id, roomId));
}
