import type { AccountStatus, BranchActKind } from '@salotto/contract';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { account, leaving } from '../db/schema/account.ts';
import { branchAct, branchActPerson } from '../db/schema/invite.ts';

export type ActRow = typeof branchAct.$inferSelect;

const ids = (accountIds: readonly string[]) => sql`${sql.param([...accountIds])}::uuid[]`;

/** How people stand; those who are gone are missing. */
export async function standings(db: DbOrTx, accountIds: readonly string[]) {
  return db
    .select({ id: account.id, role: account.role, status: account.status })
    .from(account)
    .where(sql`${account.id} = any(${ids(accountIds)})`);
}

/** Of these people, those whom a review is about. */
export async function underReview(db: DbOrTx, accountIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ id: branchActPerson.accountId })
    .from(branchActPerson)
    .innerJoin(branchAct, eq(branchAct.id, branchActPerson.actId))
    .where(
      and(
        eq(branchAct.kind, 'review'),
        isNull(branchAct.undoneAt),
        sql`${branchActPerson.accountId} = any(${ids(accountIds)})`,
      ),
    );
  return new Set(rows.map((row) => row.id));
}

export async function add(
  tx: Tx,
  act: { id: string; kind: BranchActKind; rootId: string; actorId: string; at: number },
  accountIds: readonly string[],
): Promise<void> {
  await tx.insert(branchAct).values(act);
  await tx.execute(sql`
    insert into ${branchActPerson} (act_id, account_id) select ${act.id}::uuid, id from unnest(${ids(accountIds)}) as id`);
}

/** Marks it as undone and answers with it; undefined where it is not there or was undone. */
export async function undo(tx: Tx, id: string, at: number): Promise<ActRow | undefined> {
  const [row] = await tx
    .update(branchAct)
    .set({ undoneAt: at })
    .where(and(eq(branchAct.id, id), isNull(branchAct.undoneAt)))
    .returning();
  return row;
}

export async function peopleOf(db: DbOrTx, actId: string): Promise<string[]> {
  const rows = await db
    .select({ id: branchActPerson.accountId })
    .from(branchActPerson)
    .where(eq(branchActPerson.actId, actId));
  return rows.map((row) => row.id);
}

export async function setStatus(tx: Tx, accountIds: readonly string[], status: AccountStatus): Promise<void> {
  await tx
    .update(account)
    .set({ status })
    .where(sql`${account.id} = any(${ids(accountIds)})`);
}

/**
 * Every one of these is again what the newest act that still stands makes of them; where none does a member, or leaving
 * where they asked for it.
 */
export async function settle(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${account} set status = coalesce((
      select case act.kind when 'remove' then 'removed' else 'paused' end
      from ${branchActPerson} as met join ${branchAct} as act on act.id = met.act_id
      where met.account_id = ${account}.id and act.undone_at is null and act.kind in ('pause', 'remove')
      order by act.kind = 'remove' desc, act.at desc limit 1
    ), case when exists (select from ${leaving} where account_id = ${account}.id) then 'leaving' else 'member' end)
    where ${account}.id = any(${ids(accountIds)}) and ${account}.status in ('paused', 'removed')`);
}

/** Acts on a branch that stand, newest first, with how many people they met. */
export async function standingActs(db: DbOrTx, rootId: string): Promise<(ActRow & { people: number })[]> {
  const rows = await db
    .select({
      act: branchAct,
      people: sql<number>`(select count(*)::int from ${branchActPerson} where act_id = ${branchAct}.id)`,
    })
    .from(branchAct)
    .where(and(eq(branchAct.rootId, rootId), isNull(branchAct.undoneAt)))
    .orderBy(desc(branchAct.at));
  return rows.map(({ act, people }) => ({ ...act, people }));
}
