import { BRANCH_MAX } from '@salotto/contract';
import { eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { nomination } from '../db/schema/invite.ts';

/** Deeper than this nobody follows a branch. */
const DEEPEST = 60;
const MOST_ROOTS = 200;

export async function add(db: DbOrTx, row: typeof nomination.$inferInsert): Promise<void> {
  await db.insert(nomination).values(row).onConflictDoNothing();
}

export async function find(db: DbOrTx, accountId: string) {
  const [row] = await db.select().from(nomination).where(eq(nomination.accountId, accountId));
  return row;
}

export async function setShown(db: DbOrTx, accountId: string, shown: boolean): Promise<void> {
  await db.update(nomination).set({ shown }).where(eq(nomination.accountId, accountId));
}

export type BranchRow = { id: string; parentId: string | null; at: number | null };

/** Somebody and everybody who came by them, each after whoever brought them; one more than are shown, if there are. */
export async function branch(db: DbOrTx, rootId: string, limit = BRANCH_MAX + 1): Promise<BranchRow[]> {
  const { rows } = await db.execute<{ id: string; parent_id: string | null; at: string | null }>(sql`
    with recursive branch (id, parent_id, at, depth) as (
      select ${rootId}::uuid, null::uuid, (select at from ${nomination} where account_id = ${rootId}), 0
      union all
      select child.account_id, child.nominator_id, child.at, branch.depth + 1
      from ${nomination} as child join branch on child.nominator_id = branch.id
      where branch.depth < ${DEEPEST}
    )
    select id, parent_id, at from branch order by depth, at, id limit ${limit}`);
  return rows.map((row) => ({ id: row.id, parentId: row.parent_id, at: row.at === null ? null : Number(row.at) }));
}

/** Those who brought somebody and were brought by nobody, most first. */
export async function roots(db: DbOrTx): Promise<{ id: string; brought: number }[]> {
  const { rows } = await db.execute<{ id: string; brought: number }>(sql`
    select by.nominator_id as id, count(*)::int as brought
    from ${nomination} as by
    where by.nominator_id is not null and not exists (
      select 1 from ${nomination} as own where own.account_id = by.nominator_id and own.nominator_id is not null
    )
    group by by.nominator_id order by brought desc, id limit ${MOST_ROOTS}`);
  return rows;
}

/** Whether there was ever somebody with this id: an account, or a place in a branch. */
export async function isKnown(db: DbOrTx, accountId: string): Promise<boolean> {
  const [row] = await db.select({ id: account.id }).from(account).where(eq(account.id, accountId));
  return row !== undefined || (await find(db, accountId)) !== undefined;
}
