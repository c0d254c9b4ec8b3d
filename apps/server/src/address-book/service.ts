import { type AccountId, ADDRESS_BOOK_KEPT_MS, ADDRESS_BOOK_MAX, type AddressBook } from '@salotto/contract';
import type { KeyedHash } from '../account/secrets.ts';
import type { Viewer } from '../account/service.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { type Address, oneAddress, readAddress } from '../door/address.ts';
import { DomainError } from '../errors.ts';
import * as store from './store.ts';

/** Keyed by what is outside the database: whoever has the database alone can't try addresses. */
export function bookHash(hash: KeyedHash, address: Address): string {
  return hash('book', oneAddress(address));
}

const WINDOW_MS = 30 * 86_400_000;
/** Addresses that one person may look for in a window: more than anybody knows, far fewer than there are. */
export const LOOKED_MAX = 10_000;
/** Whoever is in more address books than this is known by everybody. */
const OWNERS_MAX = 50;

/** People's address books, kept as hashes, until withdrawn or for a year. */
export type AddressBookService = {
  get(viewer: Viewer): Promise<AddressBook>;
  /** Takes the place of what was there, or is added to it. Rejects with TOO_MANY_REQUESTS where too many addresses were looked for. */
  upload(
    viewer: Viewer,
    input: { entries: readonly string[]; add: boolean },
  ): Promise<AddressBook & { unread: number }>;
  remove(viewer: Viewer): Promise<void>;
  /** Who has this hash in their book. */
  ownersOf(hash: string): Promise<AccountId[]>;
  forgetOld(): Promise<void>;
};

export function createAddressBookService(deps: { db: Db; clock: Clock; hash: KeyedHash }): AddressBookService {
  const { db, clock, hash } = deps;

  async function get({ accountId }: Viewer): Promise<AddressBook> {
    const row = await store.find(db, accountId, clock());
    return { entries: row?.entries ?? 0, uploadedAt: row?.uploadedAt ?? null, expiresAt: row?.expiresAt ?? null };
  }

  return {
    get,

    async upload(viewer, { entries, add }) {
      const written = entries.filter((entry) => entry.trim() !== '');
      const read = written.flatMap((entry) => readAddress(entry) ?? []);
      const hashes = [...new Set(read.map((address) => bookHash(hash, address)))];
      const ownerId = viewer.accountId;
      const now = clock();
      await db.transaction(async (tx) => {
        const looked = hashes.length - (await store.countKnown(tx, ownerId, hashes));
        const use = await store.look(tx, { ownerId, looked, now, windowStart: now - WINDOW_MS });
        if (use.looked > LOOKED_MAX) {
          const retryAfterSeconds = Math.max(1, Math.ceil((use.since + WINDOW_MS - now) / 1000));
          throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds });
        }
        const before = add ? await store.find(tx, ownerId, now) : undefined;
        if (!before) await store.remove(tx, ownerId);
        const room = ADDRESS_BOOK_MAX - (before?.entries ?? 0);
        await store.add(tx, { ownerId, uploadedAt: now, expiresAt: now + ADDRESS_BOOK_KEPT_MS }, hashes.slice(0, room));
      });
      return { ...(await get(viewer)), unread: written.length - read.length };
    },

    remove: ({ accountId }) => store.remove(db, accountId),
    ownersOf: async (wanted) => (await store.ownersOf(db, wanted, clock(), OWNERS_MAX)) as AccountId[],
    forgetOld: () => store.forget(db, clock(), clock() - WINDOW_MS),
  };
}
