import type { AccountId } from '@salotto/contract';
import { and, desc, eq, inArray, lte, or } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { block, follow } from '../db/schema/people.ts';

export function createBlockStore() {
  return {
    async add(db: DbOrTx, row: { blockerId: AccountId; blockedId: AccountId; createdAt: Date }): Promise<void> {
      await db.insert(block).values(row).onConflictDoNothing();
    },

    /** Whether there was one. */
    async remove(db: DbOrTx, blockerId: AccountId, blockedId: AccountId): Promise<boolean> {
      const removed = await db
        .delete(block)
        .where(and(eq(block.blockerId, blockerId), eq(block.blockedId, blockedId)))
        .returning({ id: block.blockedId });
      return removed.length > 0;
    },

    async blockedBy(db: DbOrTx, accountId: AccountId): Promise<AccountId[]> {
      const rows = await db
        .select({ id: block.blockedId })
        .from(block)
        .where(eq(block.blockerId, accountId))
        .orderBy(desc(block.createdAt), block.blockedId);
      return rows.map((row) => row.id as AccountId);
    },

    async eitherWay(db: DbOrTx, accountId: AccountId, others: readonly AccountId[]): Promise<AccountId[]> {
      const rows = await db
        .select({ blockerId: block.blockerId, blockedId: block.blockedId })
        .from(block)
        .where(
          or(
            and(eq(block.blockerId, accountId), inArray(block.blockedId, [...others])),
            and(eq(block.blockedId, accountId), inArray(block.blockerId, [...others])),
          ),
        );
      return rows.map((row) => (row.blockerId === accountId ? row.blockedId : row.blockerId) as AccountId);
    },

    /** Who of these blocked this person. */
    async blockersOf(db: DbOrTx, accountId: AccountId, among: readonly AccountId[]): Promise<AccountId[]> {
      const rows = await db
        .select({ blockerId: block.blockerId })
        .from(block)
        .where(and(eq(block.blockedId, accountId), inArray(block.blockerId, [...among])));
      return rows.map((row) => row.blockerId as AccountId);
    },

    /** How many of those whom the viewer followed before that time blocked this person, at most `limit`. */
    async countFollowedBlockers(
      db: DbOrTx,
      asked: { viewerId: AccountId; accountId: AccountId; before: Date; limit: number },
    ): Promise<number> {
      const rows = await db
        .select({ id: block.blockerId })
        .from(block)
        .innerJoin(follow, and(eq(follow.followedId, block.blockerId), eq(follow.followerId, asked.viewerId)))
        .where(and(eq(block.blockedId, asked.accountId), lte(follow.createdAt, asked.before)))
        .limit(asked.limit);
      return rows.length;
    },

    /** Who of the two blocked the other. */
    async between(db: DbOrTx, one: AccountId, other: AccountId): Promise<AccountId[]> {
      const rows = await db
        .select({ blockerId: block.blockerId })
        .from(block)
        .where(
          or(
            and(eq(block.blockerId, one), eq(block.blockedId, other)),
            and(eq(block.blockerId, other), eq(block.blockedId, one)),
          ),
        );
      return rows.map((row) => row.blockerId as AccountId);
    },
  };
}
