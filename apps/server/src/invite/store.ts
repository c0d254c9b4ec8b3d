import type { AccountStatus } from '@salotto/contract';
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { branchAct, branchActPerson, invite, inviteAllowance, nomination } from '../db/schema/invite.ts';
import { QUOTA_RULE, type QuotaFacts } from './quota.ts';

export type InviteRow = typeof invite.$inferSelect;

const SHOWN = 100;

/** An act of this kind that stands, and meets this person. */
const standing = (kind: 'review' | 'remove', accountId: unknown) => sql<boolean>`exists (
  select 1 from ${branchActPerson} as met join ${branchAct} as act on act.id = met.act_id
  where met.account_id = ${accountId} and act.kind = ${kind} and act.undone_at is null
)`;

/** Of two who make invites for one person at the same time, one waits. */
export async function lockInviter(tx: Tx, accountId: string): Promise<void> {
  await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)).for('update');
}

/** What the rule of the quota looks at. */
export async function quotaFacts(db: DbOrTx, accountId: string, now: number): Promise<QuotaFacts> {
  const { rows } = await db.execute<QuotaFacts>(sql`
    select
      coalesce((select extra from ${inviteAllowance} where account_id = ${accountId}), 0) as extra,
      (select count(*)::int from ${nomination} as brought join ${account} as person on person.id = brought.account_id
        where brought.nominator_id = ${accountId} and person.status = 'member'
          and brought.at <= ${now - QUOTA_RULE.stayedAfterMs}) as stayed,
      (select count(*)::int from ${nomination} as brought
        where brought.nominator_id = ${accountId} and ${standing('remove', sql`brought.account_id`)}) as removed,
      (select count(*)::int from ${nomination} where nominator_id = ${accountId} and way = 'invite') as came,
      (select coalesce(sum(uses_left), 0)::int from ${invite}
        where inviter_id = ${accountId} and revoked_at is null and expires_at > ${now}) as open,
      ${standing('review', accountId)} as review`);
  const [facts] = rows;
  if (!facts) throw new Error('a select without conditions gave no row');
  return facts;
}

export async function add(tx: Tx, row: typeof invite.$inferInsert): Promise<void> {
  await tx.insert(invite).values(row);
}

export async function countOpen(db: DbOrTx, inviterId: string, now: number): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(invite)
    .where(
      and(eq(invite.inviterId, inviterId), isNull(invite.revokedAt), gt(invite.usesLeft, 0), gt(invite.expiresAt, now)),
    );
  return row?.open ?? 0;
}

export const newest = (db: DbOrTx, inviterId: string): Promise<InviteRow[]> =>
  db
    .select()
    .from(invite)
    .where(eq(invite.inviterId, inviterId))
    .orderBy(desc(invite.createdAt), asc(invite.id))
    .limit(SHOWN);

export async function find(db: DbOrTx, id: string): Promise<InviteRow | undefined> {
  const [row] = await db.select().from(invite).where(eq(invite.id, id));
  return row;
}

export async function revoke(db: DbOrTx, id: string, at: number): Promise<void> {
  await db
    .update(invite)
    .set({ revokedAt: at })
    .where(and(eq(invite.id, id), isNull(invite.revokedAt)));
}

/** The invite of a code, and how its inviter stands. */
export async function findByCode(
  db: DbOrTx,
  codeHash: string,
): Promise<{ invite: InviteRow; inviter: { status: AccountStatus; review: boolean } } | undefined> {
  const [row] = await db
    .select({ invite, status: account.status, review: standing('review', invite.inviterId) })
    .from(invite)
    .innerJoin(account, eq(account.id, invite.inviterId))
    .where(eq(invite.codeHash, codeHash));
  return row && { invite: row.invite, inviter: { status: row.status, review: row.review } };
}

/** Takes one use, if there is one left: however many come at the same time, no more get in than it has. */
export async function spend(tx: Tx, codeHash: string, now: number): Promise<InviteRow | undefined> {
  const [row] = await tx
    .update(invite)
    .set({ usesLeft: sql`${invite.usesLeft} - 1` })
    .where(
      and(
        eq(invite.codeHash, codeHash),
        gt(invite.usesLeft, 0),
        gt(invite.expiresAt, now),
        isNull(invite.revokedAt),
        sql`exists (select 1 from ${account} where ${account.id} = ${invite}.inviter_id and ${account.status} = 'member')`,
        sql`not ${standing('review', sql`${invite}.inviter_id`)}`,
      ),
    )
    .returning();
  return row;
}

export async function allow(db: DbOrTx, accountId: string, extra: number): Promise<void> {
  await db
    .insert(inviteAllowance)
    .values({ accountId, extra })
    .onConflictDoUpdate({ target: inviteAllowance.accountId, set: { extra } });
}

/**
 * Blanks reason and recipient of invites that stopped opening before `endedBefore`, and of those by which somebody came
 * whose account is gone.
 */
export async function forgetWords(db: DbOrTx, endedBefore: number): Promise<void> {
  const gone = db
    .select({ id: nomination.inviteId })
    .from(nomination)
    .leftJoin(account, eq(account.id, nomination.accountId))
    .where(and(isNotNull(nomination.inviteId), isNull(account.id)));
  await db
    .update(invite)
    .set({ reason: '', recipient: null })
    .where(
      and(
        or(sql`${invite.reason} <> ''`, isNotNull(invite.recipient)),
        or(lt(invite.expiresAt, endedBefore), lt(invite.revokedAt, endedBefore), inArray(invite.id, gone)),
      ),
    );
}
