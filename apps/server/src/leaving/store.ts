import type { AccountId, AccountRole, AccountStatus, Locale } from '@salotto/contract';
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { codeName } from '../account/auth.ts';
import type { Db, Tx } from '../db/client.ts';
import { account, codeRequest, leaving, signIn, verification } from '../db/schema/account.ts';
import { profile } from '../db/schema/people.ts';

/** Administrators who are inside, held until the transaction ends: two of them can't both go because the other is there. */
export async function holdAdministrators(tx: Tx): Promise<number> {
  const rows = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.role, 'administrator'), eq(account.status, 'member')))
    .orderBy(asc(account.id))
    .for('update');
  return rows.length;
}

/** How somebody stands, held until the transaction ends. */
export async function hold(tx: Tx, accountId: AccountId) {
  const [row] = await tx
    .select({
      role: account.role,
      status: account.status,
      demo: account.demo,
      email: account.email,
      locale: account.locale,
    })
    .from(account)
    .where(eq(account.id, accountId))
    .for('update');
  return row && { ...row, role: row.role as AccountRole, locale: row.locale as Locale };
}

/** Begins the time in which somebody may come back; signed in nowhere from then on. */
export async function begin(
  tx: Tx,
  row: { accountId: AccountId; statusBefore: AccountStatus; until: number },
): Promise<void> {
  await tx.insert(leaving).values(row);
  await tx.update(account).set({ status: 'leaving' }).where(eq(account.id, row.accountId));
  await tx.delete(signIn).where(eq(signIn.userId, row.accountId));
}

export async function untilOf(db: Db, accountId: AccountId): Promise<number | undefined> {
  const [row] = await db.select({ until: leaving.until }).from(leaving).where(eq(leaving.accountId, accountId));
  return row?.until;
}

/** Ends that time, while it lasts, and gives what somebody was before. */
export async function end(tx: Tx, accountId: AccountId, now: number): Promise<AccountStatus | undefined> {
  const [row] = await tx
    .delete(leaving)
    .where(and(eq(leaving.accountId, accountId), gt(leaving.until, now)))
    .returning({ statusBefore: leaving.statusBefore });
  return row?.statusBefore;
}

export async function setStatus(tx: Tx, accountId: AccountId, status: AccountStatus): Promise<void> {
  await tx.update(account).set({ status }).where(eq(account.id, accountId));
}

/** One whose time is over, held until the transaction ends; another process meanwhile gets another one. */
export async function holdDue(tx: Tx, now: number) {
  const [row] = await tx
    .select({
      accountId: account.id,
      email: account.email,
      locale: account.locale,
      picture: profile.picture,
    })
    .from(leaving)
    .innerJoin(account, eq(account.id, leaving.accountId))
    .leftJoin(profile, eq(profile.accountId, account.id))
    .where(lte(leaving.until, now))
    .orderBy(asc(leaving.until))
    .limit(1)
    .for('update', { of: leaving, skipLocked: true });
  return row && { ...row, accountId: row.accountId as AccountId, locale: row.locale as Locale };
}

/**
 * Removes an account. What belongs to it goes by its foreign keys; where a log or somebody else's record names it, its
 * id alone stays.
 */
export async function erase(tx: Tx, { accountId, email }: { accountId: AccountId; email: string }): Promise<void> {
  await tx.delete(codeRequest).where(eq(codeRequest.email, email));
  await tx.delete(verification).where(eq(verification.identifier, codeName(email)));
  await tx.delete(account).where(eq(account.id, accountId));
}
