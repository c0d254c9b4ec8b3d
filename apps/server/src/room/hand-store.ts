import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { hand, stageVisit } from '../db/schema/index.ts';
import { accountsIn, personKey, roomsIn } from './person-key.ts';
import type { RaisedHand } from './state.ts';

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

/** Of these `personKey`s, those of people who were on stage in that room. */
export async function onStageBefore(db: DbOrTx, keys: readonly string[]): Promise<Map<string, true>> {
  const rows = await db
    .select({ roomId: stageVisit.roomId, accountId: stageVisit.accountId })
    .from(stageVisit)
    .where(and(inArray(stageVisit.roomId, roomsIn(keys)), inArray(stageVisit.accountId, accountsIn(keys))));
  return new Map(rows.map((row) => [personKey(row), true]));
}
