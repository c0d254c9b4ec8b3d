import type { AccountId, AccountRole, AccountStatus, Locale, RoomId } from '@salotto/contract';
import { and, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { account, codeRequest, signIn, verification } from '../db/schema/account.ts';
import { guest } from '../db/schema/guest.ts';
import { profile } from '../db/schema/people.ts';
import { room, roomRemoval } from '../db/schema/room.ts';

export type CodeRequest = typeof codeRequest.$inferSelect;

const ofRoom = (roomId: string | null) => (roomId ? { roomId: roomId as RoomId } : null);

/** A guest's sign-in ends with the room, and with the guest's removal from it. */
const stands = or(
  eq(account.kind, 'member'),
  sql`exists (
    select 1 from ${room}
    where ${room.id} = ${guest.roomId} and ${room.status} = 'live' and not exists (
      select 1 from ${roomRemoval}
      where ${roomRemoval.roomId} = ${guest.roomId} and ${roomRemoval.accountId} = ${guest.accountId}
    )
  )`,
);

export type AccountStore = ReturnType<typeof createAccountStore>;

export function createAccountStore() {
  return {
    async find(db: DbOrTx, accountId: AccountId) {
      const [row] = await db
        .select({
          id: account.id,
          email: account.email,
          role: account.role,
          status: account.status,
          locale: account.locale,
          demo: account.demo,
          guestOf: guest.roomId,
        })
        .from(account)
        .leftJoin(guest, eq(guest.accountId, account.id))
        .where(eq(account.id, accountId));
      return (
        row && {
          ...row,
          id: row.id as AccountId,
          role: row.role as AccountRole,
          locale: row.locale as Locale,
          guest: ofRoom(row.guestOf),
        }
      );
    },

    async byEmail(db: DbOrTx, email: string): Promise<{ id: AccountId; status: AccountStatus } | undefined> {
      const [row] = await db
        .select({ id: account.id, status: account.status })
        .from(account)
        .where(eq(account.email, email));
      return row && { ...row, id: row.id as AccountId };
    },

    /** An account of an address that was proven. Of two made at the same time there is one, and both get its id. */
    async addProven(
      db: DbOrTx,
      row: { id: AccountId; email: string; locale: Locale; status: AccountStatus },
    ): Promise<AccountId> {
      const [made] = await db
        .insert(account)
        .values({ ...row, emailVerified: true })
        .onConflictDoUpdate({ target: account.email, set: { emailVerified: true } })
        .returning({ id: account.id });
      return (made?.id ?? row.id) as AccountId;
    },

    async add(
      db: DbOrTx,
      row: { id: AccountId; email: string; role: AccountRole; locale: Locale; kind?: 'member' | 'guest' },
    ): Promise<void> {
      await db.insert(account).values(row);
    },

    /** Sign-ins that stand now, by the hash of their token. */
    async signInsByTokens(db: DbOrTx, tokenHashes: string[], now: Date) {
      const rows = await db
        .select({
          token: signIn.token,
          signInId: signIn.id,
          accountId: account.id,
          role: account.role,
          status: account.status,
          demo: account.demo,
          hasProfile: sql<boolean>`${profile.accountId} is not null`,
          guestOf: guest.roomId,
        })
        .from(signIn)
        .innerJoin(account, eq(account.id, signIn.userId))
        .leftJoin(profile, eq(profile.accountId, account.id))
        .leftJoin(guest, eq(guest.accountId, account.id))
        .where(and(inArray(signIn.token, tokenHashes), gt(signIn.expiresAt, now), stands));
      return new Map(
        rows.map(({ token, guestOf, ...rest }) => {
          const accountId = rest.accountId as AccountId;
          return [token, { ...rest, accountId, role: rest.role as AccountRole, guest: ofRoom(guestOf) }];
        }),
      );
    },

    /** Of these sign-ins, those that stand now. */
    async signInsStanding(db: DbOrTx, signInIds: string[], now: Date): Promise<Map<string, true>> {
      const rows = await db
        .select({ id: signIn.id })
        .from(signIn)
        .innerJoin(account, eq(account.id, signIn.userId))
        .leftJoin(guest, eq(guest.accountId, account.id))
        .where(and(inArray(signIn.id, signInIds), gt(signIn.expiresAt, now), eq(account.status, 'member'), stands));
      return new Map(rows.map(({ id }) => [id, true]));
    },

    async signedInAt(db: DbOrTx, signInId: string): Promise<Date | undefined> {
      const [row] = await db.select({ at: signIn.createdAt }).from(signIn).where(eq(signIn.id, signInId));
      return row?.at;
    },

    async begin(db: DbOrTx, tokenHash: string, times: { now: Date; expiresAt: Date }): Promise<void> {
      const { now, expiresAt } = times;
      await db.update(signIn).set({ expiresAt, createdAt: now, updatedAt: now }).where(eq(signIn.token, tokenHash));
    },

    /** Whether the sign-in was to end before `ifBefore` and now ends at `expiresAt`. */
    async prolong(db: DbOrTx, tokenHash: string, times: { ifBefore: Date; expiresAt: Date; now: Date }) {
      const rows = await db
        .update(signIn)
        .set({ expiresAt: times.expiresAt, updatedAt: times.now })
        .where(and(eq(signIn.token, tokenHash), lt(signIn.expiresAt, times.ifBefore), gt(signIn.expiresAt, times.now)))
        .returning({ id: signIn.id });
      return rows.length > 0;
    },

    async endSignIn(db: DbOrTx, tokenHash: string) {
      const [row] = await db
        .delete(signIn)
        .where(eq(signIn.token, tokenHash))
        .returning({ signInId: signIn.id, accountId: signIn.userId });
      return row && { ...row, accountId: row.accountId as AccountId };
    },

    /** The newest request of an address takes the place of the one before. */
    async saveRequest(db: DbOrTx, row: CodeRequest): Promise<void> {
      await db.insert(codeRequest).values(row).onConflictDoUpdate({ target: codeRequest.emailHash, set: row });
    },

    async findRequest(db: DbOrTx, emailHash: string): Promise<CodeRequest | undefined> {
      const [row] = await db.select().from(codeRequest).where(eq(codeRequest.emailHash, emailHash));
      return row;
    },

    /** Takes one try, if there is one, before the code is looked at: tries at the same time can't share it. */
    async spendTry(db: DbOrTx, browserHash: string, now: Date): Promise<CodeRequest | undefined> {
      const [row] = await db
        .update(codeRequest)
        .set({ triesLeft: sql`${codeRequest.triesLeft} - 1` })
        .where(
          and(eq(codeRequest.browserHash, browserHash), gt(codeRequest.triesLeft, 0), gt(codeRequest.expiresAt, now)),
        )
        .returning();
      return row;
    },

    async forgetRequest(db: DbOrTx, browserHash: string): Promise<void> {
      await db.delete(codeRequest).where(eq(codeRequest.browserHash, browserHash));
    },

    async deleteExpired(db: DbOrTx, now: Date): Promise<void> {
      await db.delete(codeRequest).where(lt(codeRequest.expiresAt, now));
      await db.delete(verification).where(lt(verification.expiresAt, now));
      await db.delete(signIn).where(lt(signIn.expiresAt, now));
    },
  };
}
