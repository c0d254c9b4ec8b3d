import type { AccountId } from '@salotto/contract';
import { and, desc, eq, gt, ne } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { signIn } from '../db/schema/account.ts';

/** More are not shown; signing out everywhere reaches them all. */
const SHOWN = 100;

export function createDeviceStore() {
  return {
    /** Sign-ins that stand, last used first. */
    standing: (db: DbOrTx, accountId: AccountId, now: Date) =>
      db
        .select({
          id: signIn.id,
          userAgent: signIn.userAgent,
          signedInAt: signIn.createdAt,
          lastUsedAt: signIn.updatedAt,
        })
        .from(signIn)
        .where(and(eq(signIn.userId, accountId), gt(signIn.expiresAt, now)))
        .orderBy(desc(signIn.updatedAt), signIn.id)
        .limit(SHOWN),

    /** Whether this person had this sign-in. */
    async end(db: DbOrTx, accountId: AccountId, signInId: string): Promise<boolean> {
      const ended = await db
        .delete(signIn)
        .where(and(eq(signIn.id, signInId), eq(signIn.userId, accountId)))
        .returning({ id: signIn.id });
      return ended.length > 0;
    },

    /** Ids of the sign-ins that ended. */
    async endOthers(db: DbOrTx, accountId: AccountId, signInId: string): Promise<string[]> {
      const ended = await db
        .delete(signIn)
        .where(and(eq(signIn.userId, accountId), ne(signIn.id, signInId)))
        .returning({ id: signIn.id });
      return ended.map(({ id }) => id);
    },
  };
}
