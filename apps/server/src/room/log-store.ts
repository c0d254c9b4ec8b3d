import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { guest, hand, participation, roomRemoval, roomUpdate, stageVisit } from '../db/schema/index.ts';
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
