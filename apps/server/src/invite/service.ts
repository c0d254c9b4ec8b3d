import { randomUUID } from 'node:crypto';
import type { AccountId, Invite, InviteQuota, Locale, Me, NewInvite, PersonCard } from '@salotto/contract';
import type { KeyedHash } from '../account/secrets.ts';
import type { AccountService, Browser, Viewer } from '../account/service.ts';
import type { WindowStore } from '../account/window.ts';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { People } from '../profile/people.ts';
import { cleanLine } from '../profile/text.ts';
import type { WaitlistService } from '../waitlist/service.ts';
import { createBranches } from './branches.ts';
import { randomCode } from './code.ts';
import type { Lineage } from './lineage.ts';
import { type InviteAction, inviteFault, inviteState, MAX_OPEN_INVITES, mayInvite } from './policy.ts';
import { quotaOf } from './quota.ts';
import * as store from './store.ts';

export type InviteDeps = {
  db: Db;
  clock: Clock;
  windows: WindowStore;
  hash: KeyedHash;
  people: Pick<People, 'cards'>;
  account: Pick<AccountService, 'countTry' | 'addMember' | 'signInAs' | 'me'>;
  waitlist: Pick<WaitlistService, 'admit'>;
  lineage: Lineage;
  /** After the commit: nothing of this person's may stay open. */
  onShutOut(accountId: AccountId): void;
};

export type InviteService = ReturnType<typeof createInviteService>;

const DAY_MS = 86_400_000;
/** Reason and recipient are kept this long after an invite stopped opening. */
const WORDS_KEPT_MS = 90 * DAY_MS;
const TRIES_PER_ACCOUNT = { name: 'invite-try-account', limit: 30, windowMs: 60 * 60_000, maxKeys: 50_000 };
/** Codes that open nothing: what one does with one that opens closes the door for nobody. */
const WRONG_PER_SERVER = { name: 'invite-wrong-server', limit: 3_000, windowMs: 60 * 60_000, maxKeys: 1 };

/** Inviting people to the server, and coming in by an invite. */
export function createInviteService(deps: InviteDeps) {
  const { db, clock, windows, people, account, lineage } = deps;
  const hashOf = (code: string) => deps.hash('invite', code);

  function require(viewer: Viewer, action: InviteAction): void {
    if (!mayInvite(viewer.role, action)) throw new DomainError('FORBIDDEN', { reason: 'administrator_only' });
  }

  const quota = async (within: Db | Tx, accountId: AccountId): Promise<InviteQuota> =>
    quotaOf(await store.quotaFacts(within, accountId, clock()));

  function view(row: store.InviteRow): Invite {
    const { id, reason, recipient, uses, usesLeft, createdAt, expiresAt } = row;
    return { id, reason, recipient, uses, usesLeft, createdAt, expiresAt, state: inviteState(row, clock()) };
  }

  async function take(rule: Parameters<WindowStore['take']>[0][number]['rule'], key: string): Promise<void> {
    const waitMs = await windows.take([{ rule, key }]);
    if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  async function countTry(viewer: Viewer | null, browser: Browser): Promise<void> {
    await account.countTry(browser);
    if (viewer) await take(TRIES_PER_ACCOUNT, viewer.accountId);
  }

  async function opened(within: Db | Tx, code: string): Promise<store.InviteRow> {
    const found = await store.findByCode(within, hashOf(code));
    const fault = inviteFault(found, clock());
    if (found && !fault) return found.invite;
    if (!found) await take(WRONG_PER_SERVER, 'all');
    throw new DomainError('LINK_REFUSED', { reason: fault ?? 'unknown' });
  }

  /** Takes a use, and says who brought whom, with what makes the person one of us. */
  async function spend(tx: Tx, code: string, arrive: () => Promise<AccountId>): Promise<AccountId> {
    const spent = await store.spend(tx, hashOf(code), clock());
    // Somebody else was faster, or the code was worth nothing by now: the reason is looked up.
    if (!spent) {
      await opened(tx, code);
      throw new DomainError('LINK_REFUSED', { reason: 'used' });
    }
    const accountId = await arrive();
    const nominatorId = spent.inviterId as AccountId;
    await lineage.record(tx, { accountId, nominatorId, way: 'invite', inviteId: spent.id });
    return accountId;
  }

  return {
    ...createBranches(deps),

    async mine(viewer: Viewer) {
      require(viewer, 'read_own');
      const [own, rows, { nominatorId, shown }] = await Promise.all([
        quota(db, viewer.accountId),
        store.newest(db, viewer.accountId),
        lineage.nominatorOf(viewer.accountId),
      ]);
      const cards = await people.cards(nominatorId ? [nominatorId] : []);
      const nominatedBy: PersonCard | null = nominatorId ? (cards.get(nominatorId) ?? null) : null;
      return { quota: own, invites: rows.map(view), nominatedBy, nominatorShown: shown };
    },

    async make(
      viewer: Viewer,
      input: { reason: string; recipient: string | null; uses: number; days: number },
    ): Promise<NewInvite> {
      require(viewer, 'make');
      const code = randomCode();
      const now = clock();
      const row = {
        ...{ id: randomUUID(), inviterId: viewer.accountId, codeHash: hashOf(code) },
        ...{ reason: cleanLine(input.reason), recipient: cleanLine(input.recipient ?? '') || null },
        ...{ uses: input.uses, usesLeft: input.uses, revokedAt: null },
        ...{ createdAt: now, expiresAt: now + input.days * DAY_MS },
      };
      await db.transaction(async (tx) => {
        await store.lockInviter(tx, viewer.accountId);
        if ((await store.countOpen(tx, viewer.accountId, now)) >= MAX_OPEN_INVITES) {
          throw new DomainError('CONFLICT', { reason: 'too_many_links' });
        }
        const { left } = await quota(tx, viewer.accountId);
        if (left < input.uses) throw new DomainError('CONFLICT', { reason: 'no_invites' });
        await store.add(tx, row);
      });
      return { ...view(row), code: code.replace(/(.{4})(?=.)/g, '$1-') };
    },

    async revoke(viewer: Viewer, id: string): Promise<void> {
      const row = await store.find(db, id);
      const own = row?.inviterId === viewer.accountId;
      // Whether there is one of somebody else's is nobody's business.
      if (!row || !mayInvite(viewer.role, own ? 'revoke_own' : 'revoke_any')) throw new DomainError('NOT_FOUND');
      await store.revoke(db, id, clock());
    },

    showNominator: (viewer: Viewer, shown: boolean): Promise<void> => lineage.show(viewer.accountId, shown),

    /** Changes nothing. Rejects with LINK_REFUSED. */
    async read(code: string, viewer: Viewer | null, browser: Browser) {
      await countTry(viewer, browser);
      const { inviterId, reason, recipient, expiresAt } = await opened(db, code);
      const from = (await people.cards([inviterId as AccountId])).get(inviterId as AccountId);
      if (!from) throw new DomainError('LINK_REFUSED', { reason: 'unknown' });
      return { from, reason, recipient, expiresAt };
    },

    /** Lets in whoever waits and is signed in here; for anybody else who is not inside it makes an account. */
    async accept(input: { code: string; locale: Locale }, viewer: Viewer | null, browser: Browser): Promise<Me> {
      await countTry(viewer, browser);
      if (viewer?.status === 'paused' || viewer?.status === 'leaving') {
        throw new DomainError('FORBIDDEN', { reason: viewer.status });
      }
      if (viewer?.status === 'member' && !viewer.guest) throw new DomainError('CONFLICT', { reason: 'already_in' });
      if (viewer?.status === 'waiting') {
        await db.transaction((tx) =>
          spend(tx, input.code, async () => {
            await deps.waitlist.admit(tx, viewer.accountId);
            return viewer.accountId;
          }),
        );
        const me = await account.me({ ...viewer, status: 'member' }, browser);
        if (!me) throw new DomainError('UNAUTHORIZED');
        return me;
      }
      const accountId = await db.transaction((tx) => spend(tx, input.code, () => account.addMember(tx, input.locale)));
      return account.signInAs(accountId, browser);
    },

    forgetOld: (): Promise<void> => store.forgetWords(db, clock() - WORDS_KEPT_MS),
  };
}
