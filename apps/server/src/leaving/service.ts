import type { AccountId, Leaving } from '@salotto/contract';
import type { Browser } from '../account/browser.ts';
import { isLinkAddress } from '../account/link-address.ts';
import type { AccountService, Viewer } from '../account/service.ts';
import type { ReadSettings } from '../administration/settings.ts';
import type { Blobs } from '../blob/blobs.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Lineage } from '../invite/lineage.ts';
import type { Logger } from '../logger.ts';
import { erasedMail, leavingMail } from '../mail/leaving-mail.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';
import { leavingRefusal } from './policy.ts';
import * as store from './store.ts';

const DAY_MS = 86_400_000;

type LeavingDeps = {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  blobs: Pick<Blobs, 'delete'>;
  account: Pick<AccountService, 'proveAgain'>;
  lineage: Pick<Lineage, 'settle'>;
  readSettings: ReadSettings;
  logger: Pick<Logger, 'error'>;
  /** Days in which somebody may come back. */
  days: number;
  /** Called after commit: leaves the rooms that somebody is in. */
  leaveRooms(viewer: Viewer): Promise<void>;
  /** Called after commit: whatever shows somebody shows them no more, or again. */
  onChanged(accountId: AccountId): void;
  /** Called after commit: every open stream of this account must end. */
  onSignedOut(accountId: AccountId): void;
};

export type LeavingService = ReturnType<typeof createLeavingService>;

/** Deleting one's account: asked for, thought over for some days, and done. */
export function createLeavingService(deps: LeavingDeps) {
  const { db, clock, mailer, blobs, account, lineage, readSettings, logger } = deps;

  /** A mail that is not taken over changes nothing of what it tells. */
  async function tell(email: string, write: (server: string) => Mail): Promise<void> {
    if (mailer.kind === 'none' || isLinkAddress(email)) return;
    try {
      await mailer.send(write((await readSettings()).name));
    } catch {
      logger.error('a mail about the deletion of an account was not taken over');
    }
  }

  /** Deletes one account whose time is over; false where none is left. */
  async function eraseOne(): Promise<boolean> {
    const gone = await db.transaction(async (tx) => {
      const due = await store.holdDue(tx, clock());
      if (!due) return undefined;
      // Before the row that names it: a picture that could not be deleted is tried again with it.
      if (due.picture) await blobs.delete(due.picture);
      await store.erase(tx, due);
      return due;
    });
    if (!gone) return false;
    deps.onChanged(gone.accountId);
    await tell(gone.email, (server) => erasedMail({ to: gone.email, locale: gone.locale, server }));
    return true;
  }

  return {
    /** Rejects with FORBIDDEN or CODE_REFUSED for whoever has not shown anew who they are, CONFLICT for the last administrator. */
    async ask(viewer: Viewer, code: string | undefined, browser: Browser): Promise<Leaving> {
      const { accountId } = viewer;
      await account.proveAgain(viewer, code, browser);
      const until = clock() + deps.days * DAY_MS;
      const { email, locale } = await db.transaction(async (tx) => {
        const administrators = await store.holdAdministrators(tx);
        const person = await store.hold(tx, accountId);
        if (!person) throw new DomainError('NOT_FOUND');
        const reason = leavingRefusal({ ...person, administrators });
        if (reason === 'last_administrator') throw new DomainError('CONFLICT', { reason });
        if (reason) throw new DomainError('FORBIDDEN', { reason });
        await store.begin(tx, { accountId, statusBefore: person.status, until });
        return person;
      });
      deps.onSignedOut(accountId);
      await deps.leaveRooms(viewer);
      deps.onChanged(accountId);
      void tell(email, (server) => leavingMail({ to: email, locale, server, until }));
      return { until };
    },

    /** Rejects with NOT_FOUND for whoever has not asked to be deleted. */
    async mine({ accountId }: Viewer): Promise<Leaving> {
      const until = await store.untilOf(db, accountId);
      if (until === undefined) throw new DomainError('NOT_FOUND');
      return { until };
    },

    /** Rejects with NOT_FOUND when there is no way back, or nothing to come back from. */
    async comeBack({ accountId }: Viewer): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await store.end(tx, accountId, clock());
        if (!before) throw new DomainError('NOT_FOUND');
        await store.setStatus(tx, accountId, 'paused');
        if (before !== 'paused') await lineage.settle(tx, accountId);
      });
      deps.onChanged(accountId);
    },

    /** Deletes every account whose time is over; each once, also when several processes do it. */
    async eraseDue(): Promise<void> {
      while (await eraseOne());
    },
  };
}
