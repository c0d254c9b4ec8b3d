import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { hand, stageVisit } from '../db/schema/index.ts';
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

export async function wasOnStage(db: DbOrTx, roomId: string, accountId: string): Promise<boolean> {
  const rows = await db
    .select({ times: stageVisit.times })
    .from(stageVisit)
    .where(and(eq(stageVisit.roomId, roomId), eq(stageVisit.accountId, accountId)));
  return rows.length > 0;
}
