import type { AccountId } from '@salotto/contract';
import { and, eq, gt, isNull, lte, ne, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { affiliation, affiliationRequest } from '../db/schema/affiliation.ts';

export type AffiliationRow = typeof affiliation.$inferSelect;
export type RequestRow = typeof affiliationRequest.$inferSelect;

export function createAffiliationStore() {
  return {
    async find(db: DbOrTx, accountId: AccountId): Promise<AffiliationRow | null> {
      const [row] = await db.select().from(affiliation).where(eq(affiliation.accountId, accountId));
      return row ?? null;
    },

    /** In the place of what this account had. */
    async save(tx: DbOrTx, row: Omit<AffiliationRow, 'remindedAt'>): Promise<void> {
      const { accountId: _, ...values } = row;
      await tx
        .insert(affiliation)
        .values(row)
        .onConflictDoUpdate({ target: affiliation.accountId, set: { ...values, remindedAt: null } });
    },

    /** Takes a mailbox from whoever else stood for it; their ids. */
    async release(tx: DbOrTx, options: { addressHash: string; keep: AccountId }): Promise<AccountId[]> {
      const rows = await tx
        .delete(affiliation)
        .where(and(eq(affiliation.addressHash, options.addressHash), ne(affiliation.accountId, options.keep)))
        .returning({ id: affiliation.accountId });
      return rows.map((row) => row.id as AccountId);
    },

    async remove(tx: DbOrTx, accountId: AccountId): Promise<boolean> {
      const rows = await tx
        .delete(affiliation)
        .where(eq(affiliation.accountId, accountId))
        .returning({ id: affiliation.accountId });
      return rows.length > 0;
    },

    async saveRequest(db: DbOrTx, row: RequestRow): Promise<void> {
      const { accountId: _, ...values } = row;
      await db
        .insert(affiliationRequest)
        .values(row)
        .onConflictDoUpdate({ target: affiliationRequest.accountId, set: values });
    },

    /** Counts a try at this account's code; null where there is none to try. */
    async spendTry(db: DbOrTx, accountId: AccountId, now: number): Promise<RequestRow | null> {
      const [row] = await db
        .update(affiliationRequest)
        .set({ triesLeft: sql`${affiliationRequest.triesLeft} - 1` })
        .where(
          and(
            eq(affiliationRequest.accountId, accountId),
            gt(affiliationRequest.triesLeft, 0),
            gt(affiliationRequest.expiresAt, now),
          ),
        )
        .returning();
      return row ?? null;
    },

    async findRequest(db: DbOrTx, accountId: AccountId): Promise<RequestRow | null> {
      const [row] = await db.select().from(affiliationRequest).where(eq(affiliationRequest.accountId, accountId));
      return row ?? null;
    },

    /** Whether it was still there: of two who use one code, one does. */
    async useRequest(tx: DbOrTx, row: Pick<RequestRow, 'accountId' | 'codeHash'>): Promise<boolean> {
      const used = await tx
        .delete(affiliationRequest)
        .where(and(eq(affiliationRequest.accountId, row.accountId), eq(affiliationRequest.codeHash, row.codeHash)))
        .returning({ id: affiliationRequest.accountId });
      return used.length > 0;
    },

    async forgetRequests(db: DbOrTx, now: number): Promise<void> {
      await db.delete(affiliationRequest).where(lte(affiliationRequest.expiresAt, now));
    },

    /** Whose time is over. */
    async ended(db: DbOrTx, now: number, limit: number): Promise<AffiliationRow[]> {
      return db.select().from(affiliation).where(lte(affiliation.expiresAt, now)).limit(limit);
    },

    /** A domain of each of those that are there, for looking again at what the rules say of it. */
    async domains(db: DbOrTx): Promise<string[]> {
      return (await db.selectDistinct({ domain: affiliation.domain }).from(affiliation)).map(({ domain }) => domain);
    },

    async ofDomain(db: DbOrTx, domain: string, limit: number): Promise<AffiliationRow[]> {
      return db.select().from(affiliation).where(eq(affiliation.domain, domain)).limit(limit);
    },

    /** Whose time is over before this moment and who were not told yet; marked as told. */
    async takeReminders(
      db: DbOrTx,
      options: { before: number; now: number; limit: number },
    ): Promise<{ address: string; locale: string; domain: string }[]> {
      const due = db
        .select({ id: affiliation.accountId })
        .from(affiliation)
        .where(
          and(
            lte(affiliation.expiresAt, options.before),
            gt(affiliation.expiresAt, options.now),
            isNull(affiliation.remindedAt),
          ),
        )
        .limit(options.limit)
        .for('update', { skipLocked: true });
      const rows = await db
        .update(affiliation)
        .set({ remindedAt: options.now })
        .from(account)
        .where(and(sql`${affiliation.accountId} in ${due}`, eq(account.id, affiliation.accountId)))
        .returning({ address: affiliation.address, locale: account.locale, domain: affiliation.domain });
      return rows.flatMap(({ address, ...row }) => (address ? [{ address, ...row }] : []));
    },
  };
}
