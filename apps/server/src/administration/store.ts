import type { AccountId, Door, LinkPurpose, Locale } from '@salotto/contract';
import { and, asc, count, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { entryLink, serverSettings } from '../db/schema/administration.ts';

export type SettingsRow = { name: string | null; locales: Locale[] | null; door: Door };
export type LinkRow = typeof entryLink.$inferSelect & {
  purpose: LinkPurpose;
  accountId: AccountId | null;
  createdBy: AccountId | null;
};

export function createAdministrationStore() {
  return {
    /** Undefined while nobody has claimed the server. */
    async settings(db: DbOrTx): Promise<SettingsRow | undefined> {
      const [row] = await db.select().from(serverSettings);
      return row && { name: row.name, locales: row.locales as Locale[] | null, door: row.door as Door };
    },

    async saveSettings(db: DbOrTx, change: Partial<SettingsRow>): Promise<void> {
      if (Object.keys(change).length > 0) await db.update(serverSettings).set(change);
    },

    /** Claims the server where nobody has. Whoever comes at the same time waits until the other's transaction ends. */
    async claim(db: DbOrTx, now: Date): Promise<void> {
      await db
        .insert(serverSettings)
        .values({ door: 'closed', claimedAt: now })
        .onConflictDoUpdate({ target: serverSettings.only, set: { claimedAt: sql`${serverSettings.claimedAt}` } });
    },

    /** The one who claimed the server. */
    async administrator(db: DbOrTx): Promise<AccountId | null> {
      const [row] = await db
        .select({ id: account.id })
        .from(account)
        .where(eq(account.role, 'administrator'))
        .orderBy(asc(account.createdAt), asc(account.id))
        .limit(1);
      return row ? (row.id as AccountId) : null;
    },

    async addLink(db: DbOrTx, row: LinkRow): Promise<void> {
      await db.insert(entryLink).values(row);
    },

    async findLink(db: DbOrTx, hash: string): Promise<LinkRow | undefined> {
      const [row] = await db.select().from(entryLink).where(eq(entryLink.hash, hash));
      return row as LinkRow | undefined;
    },

    /** Takes the link's one use, if it has one: of two at the same time one gets it. */
    async spendLink(db: DbOrTx, hash: string, now: Date): Promise<LinkRow | undefined> {
      const [row] = await db
        .update(entryLink)
        .set({ usedAt: now })
        .where(and(eq(entryLink.hash, hash), isNull(entryLink.usedAt), gt(entryLink.expiresAt, now)))
        .returning();
      return row as LinkRow | undefined;
    },

    async openLinks(db: DbOrTx, now: Date): Promise<LinkRow[]> {
      const rows = await db.select().from(entryLink).where(isOpen(now)).orderBy(desc(entryLink.createdAt));
      return rows as LinkRow[];
    },

    async countOpenLinks(db: DbOrTx, now: Date): Promise<number> {
      const [row] = await db.select({ open: count() }).from(entryLink).where(isOpen(now));
      return row?.open ?? 0;
    },

    async deleteLink(db: DbOrTx, id: string): Promise<void> {
      await db.delete(entryLink).where(and(eq(entryLink.id, id), isNull(entryLink.usedAt)));
    },

    /** Older ones are told apart from those that never were no longer. */
    async deleteLinksBefore(db: DbOrTx, at: Date): Promise<void> {
      await db.delete(entryLink).where(lt(entryLink.expiresAt, at));
    },
  };
}

const isOpen = (now: Date) => and(isNull(entryLink.usedAt), gt(entryLink.expiresAt, now));
