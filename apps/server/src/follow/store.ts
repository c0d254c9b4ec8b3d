import type { AccountId, Hear, Hears } from '@salotto/contract';
import { and, desc, eq, gt, ilike, inArray, lt, ne, notExists, or, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { block, follow, profile } from '../db/schema/people.ts';
import { likeLiteral } from '../folding.ts';

export type Cursor = { at: Date; id: string };

const MOST_WORDS = 5;
const words = (search: string): string[] => search.split(/\s+/u).filter(Boolean).slice(0, MOST_WORDS);

/** The word stands somewhere in the name or at the beginning of the handle. */
function named(word: string) {
  const plain = likeLiteral(word);
  return or(ilike(profile.name, `%${plain}%`), ilike(profile.handle, `${plain.replace(/^@/, '')}%`));
}

export function createFollowStore() {
  return {
    async add(db: DbOrTx, row: { followerId: AccountId; followedId: AccountId; createdAt: Date }): Promise<void> {
      await db.insert(follow).values(row).onConflictDoNothing();
    },

    async remove(db: DbOrTx, followerId: AccountId, followedId: AccountId): Promise<void> {
      await db.delete(follow).where(and(eq(follow.followerId, followerId), eq(follow.followedId, followedId)));
    },

    async followedIds(db: DbOrTx, followerId: AccountId): Promise<AccountId[]> {
      const rows = await db
        .select({ id: follow.followedId })
        .from(follow)
        .where(eq(follow.followerId, followerId))
        .orderBy(desc(follow.createdAt), follow.followedId);
      return rows.map((row) => row.id as AccountId);
    },

    /** Of whom somebody follows, those of whom they do not always want to hear. */
    async hears(db: DbOrTx, followerId: AccountId): Promise<Hears> {
      const rows = await db
        .select({ id: follow.followedId, hear: follow.hear })
        .from(follow)
        .where(and(eq(follow.followerId, followerId), ne(follow.hear, sql`'always'`)));
      return Object.fromEntries(rows.map(({ id, hear }) => [id, hear]));
    },

    /** Null for whom this person does not follow. */
    async hearOf(db: DbOrTx, followerId: AccountId, followedId: AccountId): Promise<Hear | null> {
      const [row] = await db
        .select({ hear: follow.hear })
        .from(follow)
        .where(and(eq(follow.followerId, followerId), eq(follow.followedId, followedId)));
      return row?.hear ?? null;
    },

    /** False for whom this person does not follow. */
    async setHear(db: DbOrTx, row: { followerId: AccountId; followedId: AccountId; hear: Hear }): Promise<boolean> {
      const set = await db
        .update(follow)
        .set({ hear: row.hear })
        .where(and(eq(follow.followerId, row.followerId), eq(follow.followedId, row.followedId)))
        .returning({ id: follow.followedId });
      return set.length > 0;
    },

    /** Of whom the viewer follows, those who follow somebody and are not kept apart from the viewer by a block. */
    async known(
      db: DbOrTx,
      options: { viewerId: AccountId; accountId: AccountId; limit: number },
    ): Promise<AccountId[]> {
      const { viewerId, accountId, limit } = options;
      const back = alias(follow, 'back');
      const blocked = db
        .select({ one: sql`1` })
        .from(block)
        .where(and(eq(block.blockedId, viewerId), eq(block.blockerId, follow.followedId)));
      const rows = await db
        .select({ id: follow.followedId })
        .from(follow)
        .innerJoin(back, and(eq(back.followerId, follow.followedId), eq(back.followedId, accountId)))
        .innerJoin(account, and(eq(account.id, follow.followedId), eq(account.status, 'member')))
        .where(and(eq(follow.followerId, viewerId), notExists(blocked)))
        .limit(limit);
      return rows.map((row) => row.id as AccountId);
    },

    /** One side of somebody's follows, newest first, after the cursor. */
    async page(
      db: DbOrTx,
      options: { of: AccountId; side: 'followers' | 'following'; after: Cursor | null; limit: number },
    ): Promise<Cursor[]> {
      const { side, after } = options;
      const [mine, theirs] =
        side === 'followers' ? [follow.followedId, follow.followerId] : [follow.followerId, follow.followedId];
      return db
        .select({ at: follow.createdAt, id: theirs })
        .from(follow)
        .where(
          and(
            eq(mine, options.of),
            after
              ? or(lt(follow.createdAt, after.at), and(eq(follow.createdAt, after.at), gt(theirs, after.id)))
              : undefined,
          ),
        )
        .orderBy(desc(follow.createdAt), theirs)
        .limit(options.limit);
    },

    async followedByAny(
      db: DbOrTx,
      speakers: readonly AccountId[],
      candidates: readonly AccountId[],
    ): Promise<AccountId[]> {
      // One parameter however many they are: a large audience is thousands.
      const among = sql`any(${sql.param([...candidates])}::uuid[])`;
      const rows = await db
        .selectDistinct({ id: follow.followedId })
        .from(follow)
        .where(and(inArray(follow.followerId, [...speakers]), sql`${follow.followedId} = ${among}`));
      return rows.map((row) => row.id as AccountId);
    },

    async findFollowers(
      db: DbOrTx,
      accountId: AccountId,
      options: { search: string; limit: number },
    ): Promise<{ id: AccountId; mutual: boolean }[]> {
      const back = alias(follow, 'back');
      const mutual = sql<boolean>`exists (select 1 from ${follow} as "back" where ${back.followerId} = ${accountId} and ${back.followedId} = ${follow.followerId})`;
      const rows = await db
        .select({ id: follow.followerId, mutual })
        .from(follow)
        .innerJoin(profile, eq(profile.accountId, follow.followerId))
        .where(and(eq(follow.followedId, accountId), ...words(options.search).map(named)))
        .orderBy(desc(mutual), profile.name, profile.accountId)
        .limit(options.limit);
      return rows.map((row) => ({ id: row.id as AccountId, mutual: row.mutual }));
    },

    async mutuals(db: DbOrTx, accountId: AccountId): Promise<AccountId[]> {
      const back = alias(follow, 'back');
      const rows = await db
        .select({ id: follow.followedId })
        .from(follow)
        .innerJoin(back, and(eq(back.followerId, follow.followedId), eq(back.followedId, follow.followerId)))
        .where(eq(follow.followerId, accountId))
        .orderBy(desc(follow.createdAt), follow.followedId);
      return rows.map((row) => row.id as AccountId);
    },

    async among(
      db: DbOrTx,
      options: { followers: readonly AccountId[]; followed: readonly AccountId[] },
    ): Promise<{ follower: string; followed: string }[]> {
      // One parameter each: an audience may be longer than a query's list of parameters.
      const oneOf = (column: PgColumn, ids: readonly AccountId[]) =>
        sql`${column} = any(${sql.param([...ids])}::uuid[])`;
      return db
        .select({ follower: follow.followerId, followed: follow.followedId })
        .from(follow)
        .where(and(oneOf(follow.followerId, options.followers), oneOf(follow.followedId, options.followed)));
    },

    async between(db: DbOrTx, viewerId: AccountId, accountId: AccountId) {
      const exists = (from: AccountId, to: AccountId) =>
        sql<boolean>`exists (select 1 from ${follow} where ${follow.followerId} = ${from} and ${follow.followedId} = ${to})`;
      const [row] = await db
        .select({
          following: exists(viewerId, accountId),
          followsYou: exists(accountId, viewerId),
        })
        .from(sql`(select 1) as one`);
      if (!row) throw new Error('a select without conditions gave no row');
      return row;
    },
  };
}
