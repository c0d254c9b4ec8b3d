import { type AccountId, NOTIFICATIONS_KEPT } from '@salotto/contract';
import { and, count, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { notification } from '../db/schema/notification.ts';

export type NotificationRow = typeof notification.$inferSelect;

/** False where this person was called into this room already. */
export async function insert(tx: Tx, row: typeof notification.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(notification).values(row).onConflictDoNothing().returning({ id: notification.id });
  return inserted.length === 1;
}

/** Forgets what is beyond the newest of one person. */
export async function trim(tx: Tx, accountId: string): Promise<void> {
  const beyond = tx
    .select({ id: notification.id })
    .from(notification)
    .where(eq(notification.accountId, accountId))
    .orderBy(desc(notification.at), desc(notification.id))
    .offset(NOTIFICATIONS_KEPT);
  await tx.delete(notification).where(inArray(notification.id, beyond));
}

export async function removeBefore(db: DbOrTx, at: number): Promise<void> {
  await db.delete(notification).where(lt(notification.at, at));
}

export const newest = (db: DbOrTx, accountId: AccountId): Promise<NotificationRow[]> =>
  db
    .select()
    .from(notification)
    .where(eq(notification.accountId, accountId))
    .orderBy(desc(notification.at), desc(notification.id))
    .limit(NOTIFICATIONS_KEPT);

export async function find(db: DbOrTx, accountId: AccountId, id: string): Promise<NotificationRow | undefined> {
  const [row] = await db
    .select()
    .from(notification)
    .where(and(eq(notification.accountId, accountId), eq(notification.id, id)));
  return row;
}

/** How many of each person's doings wait to be seen. */
export const unseenByActor = (db: DbOrTx, accountId: AccountId): Promise<{ actorId: string; unseen: number }[]> =>
  db
    .select({ actorId: notification.actorId, unseen: count() })
    .from(notification)
    .where(and(eq(notification.accountId, accountId), isNull(notification.seenAt)))
    .groupBy(notification.actorId);

/** Of `accountIds`, those who were called into this room. */
export async function pinged(db: DbOrTx, roomId: string, accountIds: readonly string[]): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set();
  const rows = await db
    .select({ accountId: notification.accountId })
    .from(notification)
    .where(
      and(
        eq(notification.kind, 'ping'),
        eq(notification.roomId, roomId),
        inArray(notification.accountId, [...accountIds]),
      ),
    );
  return new Set(rows.map((row) => row.accountId));
}

/** Marks one, or all, as seen; false where there was nothing to mark. */
export async function see(
  db: DbOrTx,
  options: { accountId: AccountId; id?: string; at: number; answered?: boolean },
): Promise<boolean> {
  const { accountId, id, at, answered } = options;
  const marked = await db
    .update(notification)
    .set({ seenAt: at, ...(answered && { until: at }) })
    .where(
      and(
        eq(notification.accountId, accountId),
        id === undefined ? undefined : eq(notification.id, id),
        answered ? undefined : isNull(notification.seenAt),
      ),
    )
    .returning({ id: notification.id });
  return marked.length > 0;
}
