import type { AccountId, WaitingPlace } from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { People } from '../profile/people.ts';
import { cleanLine } from '../profile/text.ts';
import * as store from './store.ts';

export type WaitlistDeps = {
  db: Db;
  clock: Clock;
  people: Pick<People, 'cards'>;
  /** After the commit: the picture of somebody who is gone is nobody's any more. */
  onLeft(accountId: AccountId, picture: string | null): void;
};

/** Who waits to come in. */
export type WaitlistService = {
  /** Puts a new account on the list, within the transaction that makes it. */
  register(tx: DbOrTx, accountId: AccountId): Promise<void>;
  /** Lets somebody in who waits, within a transaction. Rejects with CONFLICT where they no longer do. */
  admit(tx: DbOrTx, accountId: AccountId): Promise<void>;
  /** One's own place. Rejects with NOT_FOUND for whoever does not wait. */
  mine(viewer: Viewer): Promise<WaitingPlace>;
  describe(viewer: Viewer, sentence: string): Promise<WaitingPlace>;
  /** Deletes the account of whoever waits. */
  leave(viewer: Viewer): Promise<void>;
};

export function createWaitlistService(deps: WaitlistDeps): WaitlistService {
  const { db, clock, people } = deps;

  async function mine({ accountId }: Viewer): Promise<WaitingPlace> {
    const [entry, cards] = await Promise.all([store.find(db, accountId), people.cards([accountId])]);
    if (!entry) throw new DomainError('NOT_FOUND');
    const { before, ...rest } = entry;
    return { person: cards.get(accountId) ?? null, place: before + 1, ...rest };
  }

  return {
    register: (tx, accountId) => store.add(tx, { accountId, since: clock() }),
    async admit(tx, accountId) {
      if (!(await store.admit(tx, accountId))) throw new DomainError('CONFLICT', { reason: 'already_in' });
    },
    mine,

    async describe(viewer, sentence) {
      await store.describe(db, viewer.accountId, cleanLine(sentence));
      return mine(viewer);
    },

    async leave({ accountId }) {
      const picture = (await people.cards([accountId])).get(accountId)?.picture ?? null;
      if (!(await store.removeAccount(db, accountId))) throw new DomainError('NOT_FOUND');
      deps.onLeft(accountId, picture);
    },
  };
}
