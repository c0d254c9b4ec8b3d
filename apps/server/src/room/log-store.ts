import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { guest, hand, participation, roomInvitee, roomRemoval, roomUpdate, stageVisit } from '../db/schema/index.ts';
import * as knockStore from './knock-store.ts';
import { handAfter, type LoggedUpdate } from './state.ts';

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

/** Writes what happened: the log, and the rows of hands, removals and participations. */
export async function saveUpdates(tx: Tx, roomId: string, updates: readonly LoggedUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await tx
    .insert(roomUpdate)
    .values(updates.map(({ seq, at, actor, kind, ...payload }) => ({ roomId, seq, at, actor, kind, payload })));
  for (const run of runsOf(updates)) {
    if (run.hands.length > 0) await saveHands(tx, roomId, run.hands);
    if (run.other) await saveRows(tx, roomId, run.other);
  }
}

type HandUpdate = Extract<LoggedUpdate, { kind: 'hand.raised' | 'hand.offered' }>;
type OtherUpdate = Exclude<LoggedUpdate, HandUpdate>;

/** Hands that go up one after the other, each person once, and the update that comes after them. */
function runsOf(updates: readonly LoggedUpdate[]): { hands: HandUpdate[]; other: OtherUpdate | null }[] {
  const runs: { hands: HandUpdate[]; other: OtherUpdate | null }[] = [];
  let hands: HandUpdate[] = [];
  const end = (other: OtherUpdate | null) => {
    runs.push({ hands, other });
    hands = [];
  };
  for (const update of updates) {
    if (update.kind !== 'hand.raised' && update.kind !== 'hand.offered') end(update);
    else {
      if (hands.some(({ participationId }) => participationId === update.participationId)) end(null);
      hands.push(update);
    }
  }
  end(null);
  return runs;
}

/** Whoever has a hand up already has it as this says. */
const AS_GIVEN = {
  state: sql`excluded.state`,
  raisedAt: sql`excluded.raised_at`,
  offeredUntil: sql`excluded.offered_until`,
  spokenMs: sql`excluded.spoken_ms`,
  onStageBefore: sql`excluded.on_stage_before`,
};

async function saveHands(tx: Tx, roomId: string, updates: readonly HandUpdate[]): Promise<void> {
  await tx
    .insert(hand)
    .values(updates.map((update) => ({ roomId, ...handAfter(update) })))
    .onConflictDoUpdate({ target: hand.participationId, set: AS_GIVEN });
}

/** What a moderator took back is not offered again by a link. */
async function endStandingOffer(tx: Tx, roomId: string, participationId: string): Promise<void> {
  const whose = tx
    .select({ id: participation.accountId })
    .from(participation)
    .where(eq(participation.id, participationId));
  await tx.update(guest).set({ standingOffer: false }).where(inArray(guest.accountId, whose));
  await tx
    .update(roomInvitee)
    .set({ standingOffer: false })
    .where(and(eq(roomInvitee.roomId, roomId), inArray(roomInvitee.accountId, whose)));
}

async function saveRows(tx: Tx, roomId: string, update: OtherUpdate): Promise<void> {
  switch (update.kind) {
    case 'hand.lowered':
      await tx.delete(hand).where(eq(hand.participationId, update.participationId));
      if (update.reason === 'dismissed') await endStandingOffer(tx, roomId, update.participationId);
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
      if (update.reason === 'moved') await endStandingOffer(tx, roomId, update.participationId);
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
    case 'knock.answered':
      await knockStore.saveAnswer(tx, { roomId, ...update });
      return;
    case 'room.changed':
      // A locked door has no lobby.
      if (update.settings.locked) await knockStore.endWaiting(tx, roomId);
      return;
    case 'room.ended':
      await knockStore.endAll(tx, roomId);
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
