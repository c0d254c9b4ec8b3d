import type { HandPolicy, Locale } from '@salotto/contract';
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../db/client.ts';
import { guest, hand, participation, room, roomRemoval, roomUpdate, stageVisit } from '../db/schema/index.ts';
import { handAfter, type LoggedUpdate, type RaisedHand, type RoomState } from './state.ts';

export type RoomRow = typeof room.$inferSelect;
export type ParticipationRow = typeof participation.$inferSelect;

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
      capacity: row.capacity,
      stageLimit: row.stageLimit,
    },
    turnClock: row.turnClock,
    stage: row.stage,
    hands: new Map(hands.map((entry) => [entry.participationId, entry])),
    removed,
    returning: row.returning,
    stageEmptySince: row.stageEmptySince,
    endedAt: row.endedAt,
  };
}

const handColumns = {
  participationId: hand.participationId,
  accountId: hand.accountId,
  state: hand.state,
  raisedAt: hand.raisedAt,
  offeredUntil: hand.offeredUntil,
  spokenMs: hand.spokenMs,
  onStageBefore: hand.onStageBefore,
};

export const handsOf = async (db: DbOrTx, participationIds: string[]): Promise<RaisedHand[]> =>
  participationIds.length === 0
    ? []
    : db.select(handColumns).from(hand).where(inArray(hand.participationId, participationIds));

export const handsIn = (db: DbOrTx, roomId: string): Promise<RaisedHand[]> =>
  db.select(handColumns).from(hand).where(eq(hand.roomId, roomId)).orderBy(asc(hand.raisedAt));

export const expiredOffersIn = (db: DbOrTx, roomId: string, now: number): Promise<RaisedHand[]> =>
  db
    .select(handColumns)
    .from(hand)
    .where(and(eq(hand.roomId, roomId), eq(hand.state, 'offered'), lt(hand.offeredUntil, now)));

/** Everybody who was on stage in this room, and how often they came there as a speaker. */
export const stageVisits = (db: DbOrTx, roomId: string): Promise<{ accountId: string; times: number }[]> =>
  db
    .select({ accountId: stageVisit.accountId, times: stageVisit.times })
    .from(stageVisit)
    .where(eq(stageVisit.roomId, roomId));

export async function wasOnStage(db: DbOrTx, roomId: string, accountId: string): Promise<boolean> {
  const rows = await db
    .select({ times: stageVisit.times })
    .from(stageVisit)
    .where(and(eq(stageVisit.roomId, roomId), eq(stageVisit.accountId, accountId)));
  return rows.length > 0;
}

/** Who is behind these participations, whether they are still there or not. */
export async function accountsBehind(db: DbOrTx, participationIds: string[]): Promise<Map<string, string>> {
  if (participationIds.length === 0) return new Map();
  const rows = await db
    .select({ id: participation.id, accountId: participation.accountId })
    .from(participation)
    .where(inArray(participation.id, participationIds));
  return new Map(rows.map(({ id, accountId }) => [id, accountId]));
}

/** Nobody removed counts as there, whatever their row says: a join may have met the removal half-way. */
export const notRemoved = sql`not exists (
  select 1 from ${roomRemoval}
  where ${roomRemoval.roomId} = ${participation.roomId} and ${roomRemoval.accountId} = ${participation.accountId}
)`;

/** `hold` keeps the person from leaving until the transaction ends: what is decided about them is still true then. */
export async function activeParticipation(
  db: DbOrTx,
  roomId: string,
  accountId: string,
  options: { hold?: boolean } = {},
): Promise<ParticipationRow | undefined> {
  const query = db
    .select()
    .from(participation)
    .where(
      and(
        eq(participation.roomId, roomId),
        eq(participation.accountId, accountId),
        isNull(participation.leftAt),
        notRemoved,
      ),
    );
  const [row] = await (options.hold ? query.for('share', { of: participation }) : query);
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
      .where(
        and(
          eq(participation.roomId, roomId),
          inArray(participation.accountId, ids),
          isNull(participation.leftAt),
          notRemoved,
        ),
      ),
    db
      .select({ id: roomRemoval.accountId })
      .from(roomRemoval)
      .where(and(eq(roomRemoval.roomId, roomId), inArray(roomRemoval.accountId, ids))),
  ]);
  const idsOf = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  return { inside: idsOf(inside), removed: idsOf(removed) };
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

export const activeIn = (db: DbOrTx, roomId: string): Promise<ParticipationRow[]> =>
  db
    .select()
    .from(participation)
    .where(and(eq(participation.roomId, roomId), isNull(participation.leftAt), notRemoved));

/** Accounts of everybody who was on stage, in the order in which they came. */
export async function everOnStage(db: DbOrTx, roomId: string): Promise<string[]> {
  const accountId = sql<string>`${roomUpdate.payload} ->> 'accountId'`;
  const rows = await db
    .select({ id: accountId })
    .from(roomUpdate)
    .where(and(eq(roomUpdate.roomId, roomId), eq(roomUpdate.kind, 'stage.joined')))
    .groupBy(accountId)
    .orderBy(sql`min(${roomUpdate.seq})`);
  return rows.map(({ id }) => id);
}

/** Live rooms that somebody started. */
export async function liveRoomsStartedBy(db: DbOrTx, accountId: string): Promise<number> {
  const [row] = await db
    .select({ live: count() })
    .from(room)
    .where(and(eq(room.starterId, accountId), eq(room.status, 'live')));
  return row?.live ?? 0;
}

/** The log after `after`, up to and with `upTo`, in order. */
export async function updatesAfter(
  db: DbOrTx,
  roomId: string,
  range: { after: number; upTo?: number; limit: number },
): Promise<LoggedUpdate[]> {
  const rows = await db
    .select()
    .from(roomUpdate)
    .where(
      and(
        eq(roomUpdate.roomId, roomId),
        gt(roomUpdate.seq, range.after),
        range.upTo === undefined ? undefined : lte(roomUpdate.seq, range.upTo),
      ),
    )
    .orderBy(asc(roomUpdate.seq))
    .limit(range.limit);
  return rows.map(toUpdate);
}

const toUpdate = (row: typeof roomUpdate.$inferSelect): LoggedUpdate =>
  ({ ...(row.payload as object), kind: row.kind, seq: row.seq, at: row.at, actor: row.actor }) as LoggedUpdate;

/** Offers and changes of the order, newest first. */
export async function callsIn(
  db: DbOrTx,
  roomId: string,
  limit: number,
): Promise<Extract<LoggedUpdate, { kind: 'hand.offered' | 'hand_order.changed' }>[]> {
  const rows = await db
    .select()
    .from(roomUpdate)
    // As the index says it.
    .where(and(eq(roomUpdate.roomId, roomId), sql`kind in ('hand.offered', 'hand_order.changed')`))
    .orderBy(desc(roomUpdate.seq))
    .limit(limit);
  return rows.map(toUpdate).filter((update) => update.kind === 'hand.offered' || update.kind === 'hand_order.changed');
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

/** Writes what happened: the log, and the rows of hands, removals and participations. */
export async function saveUpdates(tx: Tx, roomId: string, updates: readonly LoggedUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await tx
    .insert(roomUpdate)
    .values(updates.map(({ seq, at, actor, kind, ...payload }) => ({ roomId, seq, at, actor, kind, payload })));
  for (const update of updates) await saveRows(tx, roomId, update);
}

/** What a moderator took back is not offered again by a link. */
async function endStandingOffer(tx: Tx, participationId: string): Promise<void> {
  const whose = tx
    .select({ id: participation.accountId })
    .from(participation)
    .where(eq(participation.id, participationId));
  await tx.update(guest).set({ standingOffer: false }).where(inArray(guest.accountId, whose));
}

async function saveRows(tx: Tx, roomId: string, update: LoggedUpdate): Promise<void> {
  switch (update.kind) {
    case 'hand.raised':
    case 'hand.offered': {
      const { participationId, accountId, ...values } = handAfter(update);
      await tx
        .insert(hand)
        .values({ participationId, roomId, accountId, ...values })
        .onConflictDoUpdate({ target: hand.participationId, set: values });
      return;
    }
    case 'hand.lowered':
      await tx.delete(hand).where(eq(hand.participationId, update.participationId));
      if (update.reason === 'dismissed') await endStandingOffer(tx, update.participationId);
      return;
    case 'stage.joined': {
      const times = update.role === 'speaker' ? 1 : 0;
      await tx
        .insert(stageVisit)
        .values({ roomId, accountId: update.accountId, times })
        .onConflictDoUpdate({
          target: [stageVisit.roomId, stageVisit.accountId],
          set: { times: sql`${stageVisit.times} + ${times}` },
        });
      await roleChanged(tx, update);
      return;
    }
    case 'stage.left':
      await roleChanged(tx, update);
      if (update.reason === 'moved') await endStandingOffer(tx, update.participationId);
      return;
    case 'person.removed':
      await tx
        .insert(roomRemoval)
        .values({ roomId, accountId: update.accountId, by: update.actor, at: update.at, until: update.until })
        .onConflictDoUpdate({
          target: [roomRemoval.roomId, roomRemoval.accountId],
          set: { by: update.actor, at: update.at, until: update.until },
        });
      await tx
        .update(participation)
        .set({ leftAt: update.at, out: 'removed' })
        .where(
          and(
            eq(participation.roomId, roomId),
            eq(participation.accountId, update.accountId),
            isNull(participation.leftAt),
          ),
        );
      return;
    case 'ban.lifted':
      await tx
        .delete(roomRemoval)
        .where(and(eq(roomRemoval.roomId, roomId), eq(roomRemoval.accountId, update.accountId)));
      return;
    case 'room.ended':
      await tx.delete(hand).where(eq(hand.roomId, roomId));
      await tx
        .update(participation)
        .set({ leftAt: update.at, out: 'ended' })
        .where(and(eq(participation.roomId, roomId), isNull(participation.leftAt)));
      // Marks of guests are of use as long as somebody may come back.
      await tx.update(guest).set({ deviceHash: null, networkHash: null }).where(eq(guest.roomId, roomId));
      return;
    default:
      return;
  }
}

/** A stage-plane token from before is refused from now on. */
const roleChanged = (tx: Tx, { participationId, at }: { participationId: string; at: number }) =>
  tx.update(participation).set({ roleChangedAt: at }).where(eq(participation.id, participationId));
