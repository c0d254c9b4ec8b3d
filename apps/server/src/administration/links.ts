import { randomUUID } from 'node:crypto';
import type { AccountId, LinkPurpose } from '@salotto/contract';
import { hashToken, randomToken } from '../account/secrets.ts';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { LINK_MS, linkFault, MAX_OPEN_LINKS } from './policy.ts';
import { createAdministrationStore, type LinkRow } from './store.ts';

export type MadeLink = { link: LinkRow; token: string };

/** One-time links: made by an administrator or on the machine, used by whoever holds them. */
export type EntryLinks = {
  /** Rejects with CONFLICT where too many are open. */
  make(wanted: { purpose: LinkPurpose; accountId?: AccountId; createdBy?: AccountId }): Promise<MadeLink>;
  /** For the one who runs the machine: a sign-in for the administrator, or a claim where there is none. */
  makeForOperator(): Promise<MadeLink>;
  /** The link of a secret. Changes nothing. Rejects with LINK_REFUSED. */
  read(token: string): Promise<LinkRow>;
  /** Takes the link's one use within a transaction. Rejects with LINK_REFUSED. */
  spend(tx: DbOrTx, token: string): Promise<LinkRow>;
  /** Makes the server somebody's, within a transaction. Rejects with LINK_REFUSED where it is already. */
  claim(tx: DbOrTx): Promise<void>;
};

export function createEntryLinks(deps: { db: Db; clock: Clock }): EntryLinks {
  const { db, clock } = deps;
  const store = createAdministrationStore();

  const make: EntryLinks['make'] = async ({ purpose, accountId = null, createdBy = null }) => {
    const now = clock();
    await store.deleteLinksBefore(db, new Date(now - LINK_MS));
    if (createdBy && (await store.countOpenLinks(db, new Date(now))) >= MAX_OPEN_LINKS) {
      throw new DomainError('CONFLICT', { reason: 'too_many_links' });
    }
    const token = randomToken();
    const link = {
      ...{ id: randomUUID(), hash: hashToken(token), purpose, accountId, createdBy, usedAt: null },
      ...{ createdAt: new Date(now), expiresAt: new Date(now + LINK_MS) },
    };
    await store.addLink(db, link);
    return { link, token };
  };

  return {
    make,

    async makeForOperator() {
      const administrator = await store.administrator(db);
      return make(administrator ? { purpose: 'sign_in', accountId: administrator } : { purpose: 'claim' });
    },

    async read(token) {
      const link = await store.findLink(db, hashToken(token));
      const fault = linkFault(link, clock());
      if (!link || fault) throw new DomainError('LINK_REFUSED', { reason: fault ?? 'unknown' });
      if (link.purpose === 'claim' && (await store.administrator(db))) {
        throw new DomainError('LINK_REFUSED', { reason: 'used' });
      }
      return link;
    },

    async spend(tx, token) {
      const spent = await store.spendLink(tx, hashToken(token), new Date(clock()));
      if (spent) return spent;
      const fault = linkFault(await store.findLink(tx, hashToken(token)), clock());
      throw new DomainError('LINK_REFUSED', { reason: fault ?? 'unknown' });
    },

    async claim(tx) {
      await store.claim(tx, new Date(clock()));
      if (await store.administrator(tx)) throw new DomainError('LINK_REFUSED', { reason: 'used' });
    },
  };
}
