import { and, asc, count, eq, gt, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { knock } from '../db/schema/index.ts';

export type KnockRow = typeof knock.$inferSelect;

const of = (roomId: string, accountId: string) => and(eq(knock.roomId, roomId), eq(knock.accountId, accountId));
const waitingIn = (roomId: string, seenAfter: number) =>
  and(eq(knock.roomId, roomId), eq(knock.state, 'waiting'), gt(knock.seenAt, seenAfter));

export async function find(db: DbOrTx, roomId: string, accountId: string): Promise<KnockRow | undefined> {
  const [row] = await db.select().from(knock).where(of(roomId, accountId));
  return row;
}

/** Waits from now, or goes on waiting: where one waits already, only the sign is new. */
export async function repeat(db: DbOrTx, sign: { roomId: string; accountId: string; at: number; seenAfter: number }) {
  const { roomId, accountId, at, seenAfter } = sign;
  await db
    .insert(knock)
    .values({ roomId, accountId, state: 'waiting', at, seenAt: at })
    .onConflictDoUpdate({
      target: [knock.roomId, knock.accountId],
      set: {
        state: 'waiting',
        at: sql`case when ${knock.state} = 'waiting' and ${knock.seenAt} > ${seenAfter} then ${knock.at} else ${at} end`,
        seenAt: at,
        answeredAt: null,
      },
      // What a moderator has said meanwhile stands.
      setWhere: sql`${knock.state} <> 'let_in'`,
    });
}

export async function countWaiting(db: DbOrTx, roomId: string, seenAfter: number): Promise<number> {
  const [row] = await db.select({ waiting: count() }).from(knock).where(waitingIn(roomId, seenAfter));
  return row?.waiting ?? 0;
}

/** The longest waiting first. */
export const waiting = (db: DbOrTx, options: { roomId: string; seenAfter: number; limit: number }) =>
  db
    .select()
    .from(knock)
    .where(waitingIn(options.roomId, options.seenAfter))
    .orderBy(asc(knock.at), asc(knock.accountId))
    .limit(options.limit);

/** Whoever goes no longer waits; an answer stays. Whether they waited. */
export async function end(db: DbOrTx, roomId: string, accountId: string): Promise<boolean> {
  const rows = await db
    .delete(knock)
    .where(and(of(roomId, accountId), eq(knock.state, 'waiting')))
    .returning({ id: knock.accountId });
  return rows.length > 0;
}

/** Forgets those who went without a word. How many. */
export async function forgetUnseen(db: DbOrTx, roomId: string, seenBefore: number): Promise<number> {
  const rows = await db
    .delete(knock)
    .where(and(eq(knock.roomId, roomId), eq(knock.state, 'waiting'), lte(knock.seenAt, seenBefore)))
    .returning({ id: knock.accountId });
  return rows.length;
}

export async function endWaiting(tx: Tx, roomId: string): Promise<void> {
  await tx.delete(knock).where(and(eq(knock.roomId, roomId), eq(knock.state, 'waiting')));
}

export async function endAll(tx: Tx, roomId: string): Promise<void> {
  await tx.delete(knock).where(eq(knock.roomId, roomId));
}

export async function saveAnswer(tx: Tx, given: { roomId: string; accountId: string; letIn: boolean; at: number }) {
  await tx
    .update(knock)
    .set({ state: given.letIn ? 'let_in' : 'turned_away', answeredAt: given.at })
    .where(of(given.roomId, given.accountId));
}
