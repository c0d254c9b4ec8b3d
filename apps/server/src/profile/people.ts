import type { AccountId, AccountStatus, PersonCard } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { createProfileStore } from './store.ts';
import { viewCard } from './view.ts';

/** Who people are: what every list is filled in from. Reads only. */
export type People = {
  /** Cards of those who have a profile; the others are missing from the map. */
  cards(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  /** The same with guests, for what is shown in a room. */
  cardsInRoom(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>>;
  /** The same, in the order of the ids, without those who have no profile. */
  list(ids: readonly AccountId[]): Promise<PersonCard[]>;
  /** Of those who are inside; with `statuses`, of those who stand so. */
  byHandle(handle: string, statuses?: readonly AccountStatus[]): Promise<AccountId | null>;
  /** Cards of a demo server's people whom a visitor can look around as: the oldest accounts, which no robot uses. */
  demo(): Promise<PersonCard[]>;
};

/** As many as the demo keeps free of robots. */
const DEMO_LIMIT = 6;

export function createPeople(deps: { db: Db }): People {
  const { db } = deps;
  const store = createProfileStore();

  async function cards(ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>> {
    if (ids.length === 0) return new Map();
    const rows = await store.cardsByIds(db, [...new Set(ids)]);
    return new Map(rows.map((row) => [row.accountId as AccountId, viewCard(row)]));
  }

  return {
    cards,
    async cardsInRoom(ids) {
      const known = await cards(ids);
      const others = [...new Set(ids)].filter((id) => !known.has(id));
      if (others.length === 0) return known;
      for (const row of await store.guestsByIds(db, others)) known.set(row.accountId as AccountId, viewCard(row));
      return known;
    },
    async list(ids) {
      const known = await cards(ids);
      return ids.flatMap((id) => known.get(id) ?? []);
    },
    byHandle: (handle, statuses = ['member']) => store.idByHandle(db, handle.trim().toLowerCase(), statuses),
    demo: async () => (await store.demoCards(db, DEMO_LIMIT)).map(viewCard),
  };
}
