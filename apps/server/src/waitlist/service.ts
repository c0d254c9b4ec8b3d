import type { AccountId, Industry, WaitingPerson, WaitingPlace } from '@salotto/contract';
import type { KeyedHash } from '../account/secrets.ts';
import type { Viewer } from '../account/service.ts';
import type { WindowStore } from '../account/window.ts';
import { bookHash } from '../address-book/service.ts';
import type { Clock } from '../clock.ts';
import type { Db, DbOrTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Lineage } from '../invite/lineage.ts';
import type { People } from '../profile/people.ts';
import { cleanLine } from '../profile/text.ts';
import * as mails from './cohort-store.ts';
import { createCohorts } from './cohorts.ts';
import { mayWaveIn } from './policy.ts';
import * as store from './store.ts';

export type WaitlistDeps = {
  db: Db;
  clock: Clock;
  windows: WindowStore;
  /** Keyed by what is outside the database. */
  hash: KeyedHash;
  people: Pick<People, 'cards'>;
  lineage: Lineage;
  ownersOf(addressHash: string): Promise<AccountId[]>;
  /** Blocks between somebody and these others, either way. */
  blockedEitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<ReadonlySet<AccountId>>;
  /** Tells a member that somebody they know waits. */
  tellKnown(memberId: AccountId, waitingId: AccountId): Promise<unknown>;
  /** After the commit: the picture of somebody who is gone is nobody's any more. */
  onLeft(accountId: AccountId, picture: string | null): void;
};

export type WaitlistService = ReturnType<typeof createWaitlistService>;

/** Most of those who wait that one member sees. */
const KNOWN_SHOWN = 100;
const WAVES_PER_DAY = { name: 'wave-in', limit: 20, windowMs: 86_400_000, maxKeys: 50_000 };

/** Who waits to come in, and who lets them. */
export function createWaitlistService(deps: WaitlistDeps) {
  const { db, clock, windows, people, lineage } = deps;

  async function mine({ accountId }: Viewer): Promise<WaitingPlace> {
    const [entry, cards] = await Promise.all([store.find(db, accountId), people.cards([accountId])]);
    if (!entry) throw new DomainError('NOT_FOUND');
    const { before, industry, ...rest } = entry;
    const person = cards.get(accountId) ?? null;
    return { ...rest, person, place: before + 1, industry: industry as Industry | null };
  }

  async function views(rows: readonly store.EntryRow[]): Promise<WaitingPerson[]> {
    const cards = await people.cards(rows.map((row) => row.accountId as AccountId));
    return rows.map(({ accountId, sentence, since }) => {
      const id = accountId as AccountId;
      return { accountId: id, person: cards.get(id) ?? null, sentence, since };
    });
  }

  /** Those who have somebody in their address book hear once that they wait. */
  async function tell(accountId: AccountId, addressHash: string): Promise<void> {
    const owners = await deps.ownersOf(addressHash);
    if (owners.length === 0 || !(await store.markTold(db, accountId))) return;
    const blocked = await deps.blockedEitherWay(accountId, owners);
    for (const owner of owners) if (!blocked.has(owner)) await deps.tellKnown(owner, accountId);
  }

  /** Lets somebody in within a transaction; a mail follows. */
  async function letIn(
    tx: DbOrTx,
    accountId: AccountId,
    by: { nominatorId: AccountId | null; way: 'wave' | 'administrator' | 'cohort' },
  ): Promise<boolean> {
    if (!(await store.admit(tx, accountId))) return false;
    await lineage.record(tx, { accountId, ...by });
    await mails.addMail(tx, accountId);
    return true;
  }

  return {
    ...createCohorts({ ...deps, views, letIn }),

    /** Puts a new account on the list, within the transaction that makes it. */
    register: (tx: DbOrTx, accountId: AccountId): Promise<void> => store.add(tx, { accountId, since: clock() }),

    /** Takes somebody off who came in another way, within a transaction. Rejects with CONFLICT where they no longer wait. */
    async admit(tx: DbOrTx, accountId: AccountId): Promise<void> {
      if (!(await store.admit(tx, accountId))) throw new DomainError('CONFLICT', { reason: 'already_in' });
    },

    /** One's own place. Rejects with NOT_FOUND for whoever does not wait. */
    mine,

    async describe(
      viewer: Viewer,
      change: { sentence?: string | undefined; findable?: boolean | undefined },
    ): Promise<WaitingPlace> {
      const { accountId } = viewer;
      const { sentence, findable } = change;
      const email = findable ? await store.emailOf(db, accountId) : '';
      const addressHash = email ? bookHash(deps.hash, { kind: 'email', value: email }) : null;
      await store.change(db, accountId, {
        ...(sentence !== undefined && { sentence: cleanLine(sentence) }),
        ...(findable !== undefined && { addressHash }),
      });
      const place = await mine(viewer);
      if (addressHash && place.person) await tell(accountId, addressHash);
      return place;
    },

    /** Deletes the account of whoever waits. */
    async leave({ accountId }: Viewer): Promise<void> {
      const picture = (await people.cards([accountId])).get(accountId)?.picture ?? null;
      if (!(await store.removeAccount(db, accountId))) throw new DomainError('NOT_FOUND');
      deps.onLeft(accountId, picture);
    },

    /** Whom of those who wait a member knows. Whoever has no name yet is nobody to know. */
    async known({ accountId }: Viewer): Promise<WaitingPerson[]> {
      const rows = await store.known(db, accountId, { now: clock(), limit: KNOWN_SHOWN });
      const ids = rows.map((row) => row.accountId as AccountId);
      const blocked = await deps.blockedEitherWay(accountId, ids);
      return (await views(rows)).filter((one) => one.person && !blocked.has(one.accountId));
    },

    /** Lets in somebody whom a member knows. Rejects with NOT_FOUND for everybody else who may or may not wait. */
    async waveIn(viewer: Viewer, accountId: AccountId): Promise<void> {
      const waitMs = await windows.take([{ rule: WAVES_PER_DAY, key: viewer.accountId }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
      await db.transaction(async (tx) => {
        const [[entry], blocked, underReview] = await Promise.all([
          store.known(tx, viewer.accountId, { now: clock(), limit: 1, accountId }),
          deps.blockedEitherWay(viewer.accountId, [accountId]),
          lineage.underReview(viewer.accountId),
        ]);
        const knows = entry !== undefined && !blocked.has(accountId);
        const may = mayWaveIn({ waits: entry !== undefined, knows, underReview });
        const letThem = may && (await letIn(tx, accountId, { nominatorId: viewer.accountId, way: 'wave' }));
        if (!letThem) throw new DomainError('NOT_FOUND');
      });
    },
  };
}
