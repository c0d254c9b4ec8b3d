import {
  type AccountId,
  type Hear,
  type Hears,
  KNOWN_COUNTED,
  KNOWN_SHOWN,
  type PersonCard,
  type Suggestion,
} from '@salotto/contract';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../db/client.ts';
import { lockPair } from '../db/pair-lock.ts';
import { DomainError } from '../errors.ts';
import type { People } from '../profile/people.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { createFollowStore } from './store.ts';
import { readSuggestions } from './suggestion-store.ts';
import { reasonFor } from './suggestions.ts';

export type PeoplePage = { people: PersonCard[]; followYou: AccountId[]; next: string | null };
export type PageInput = { handle: string; after?: string | undefined };

export type FollowDeps = { db: Db; clock: Clock; people: People; blocks: Blocks };

export type FollowService = {
  follow(viewerId: AccountId, accountId: AccountId): Promise<void>;
  unfollow(viewerId: AccountId, accountId: AccountId): Promise<void>;
  ids(viewerId: AccountId): Promise<AccountId[]>;
  /** Of whom one follows, those of whom one does not always want to hear. */
  hears(viewerId: AccountId): Promise<Hears>;
  /** How much one wants to hear of somebody; null for whom one does not follow. */
  hearOf(viewerId: AccountId, accountId: AccountId): Promise<Hear | null>;
  setHear(viewerId: AccountId, input: { accountId: AccountId; hear: Hear }): Promise<void>;
  /** Ends somebody's follow of the viewer. Nobody is told. */
  removeFollower(viewerId: AccountId, accountId: AccountId): Promise<void>;
  /** Who of those whom the viewer follows follows this person. */
  known(viewerId: AccountId, accountId: AccountId): Promise<{ people: PersonCard[]; count: number }>;
  followers(viewerId: AccountId, input: PageInput): Promise<PeoplePage>;
  following(viewerId: AccountId, input: PageInput): Promise<PeoplePage>;
  suggestions(viewerId: AccountId): Promise<Suggestion[]>;
  /** Which of the candidates somebody of the speakers follows. */
  followedByAny(options: { speakers: readonly AccountId[]; candidates: readonly AccountId[] }): Promise<Set<AccountId>>;
  /** Who of the speakers follows whom of the candidates. */
  followsAmong(options: {
    speakers: readonly AccountId[];
    candidates: readonly AccountId[];
  }): Promise<{ follower: string; followed: string }[]>;
  /** How two people stand to each other. */
  between(viewerId: AccountId, accountId: AccountId): Promise<{ following: boolean; followsYou: boolean }>;
  /** Followers whose name or handle has the words in it, those whom one follows back first. */
  findFollowers(
    accountId: AccountId,
    options: { search: string; limit: number },
  ): Promise<{ id: AccountId; mutual: boolean }[]>;
  /** Whom one follows and who follows back. */
  mutuals(accountId: AccountId): Promise<AccountId[]>;
  /** Ends follows in both directions, inside the caller's transaction. */
  removeBetween(tx: Tx, one: AccountId, other: AccountId): Promise<void>;
};

const PAGE = 50;
const SUGGESTIONS = 12;

export function createFollowService(deps: FollowDeps): FollowService {
  const { db, clock, people, blocks } = deps;
  const store = createFollowStore();

  async function page(viewerId: AccountId, input: PageInput, side: 'followers' | 'following'): Promise<PeoplePage> {
    const of = await people.byHandle(input.handle);
    if (!of || (await blocks.between(viewerId, of)).blockedBy) throw new DomainError('NOT_FOUND');
    const rows = await store.page(db, { of, side, after: readCursor(input.after), limit: PAGE + 1 });
    const shown = rows.slice(0, PAGE);
    const ids = shown.map((row) => row.id as AccountId);
    const [hidden, back] = await Promise.all([
      blocks.eitherWay(viewerId, ids),
      store.among(db, { followers: ids, followed: [viewerId] }),
    ]);
    const seen = ids.filter((id) => !hidden.has(id));
    const last = shown.at(-1);
    return {
      people: await people.list(seen),
      followYou: back.flatMap(({ follower }) => seen.find((id) => id === follower) ?? []),
      next: rows.length > PAGE && last ? writeCursor(last) : null,
    };
  }

  return {
    async follow(viewerId, accountId) {
      if (viewerId === accountId) throw new DomainError('CONFLICT', { reason: 'self' });
      if ((await people.list([accountId])).length === 0) throw new DomainError('NOT_FOUND');
      await db.transaction(async (tx) => {
        await lockPair(tx, viewerId, accountId);
        const { blocked, blockedBy } = await blocks.between(viewerId, accountId, tx);
        if (blockedBy) throw new DomainError('NOT_FOUND');
        if (blocked) throw new DomainError('FORBIDDEN', { reason: 'blocked' });
        await store.add(tx, { followerId: viewerId, followedId: accountId, createdAt: new Date(clock()) });
      });
    },

    unfollow: (viewerId, accountId) => store.remove(db, viewerId, accountId),
    ids: (viewerId) => store.followedIds(db, viewerId),
    hears: (viewerId) => store.hears(db, viewerId),
    hearOf: (viewerId, accountId) => store.hearOf(db, viewerId, accountId),

    async setHear(viewerId, { accountId, hear }) {
      const set = await store.setHear(db, { followerId: viewerId, followedId: accountId, hear });
      if (!set) throw new DomainError('NOT_FOUND');
    },

    removeFollower: (viewerId, accountId) => store.remove(db, accountId, viewerId),

    async known(viewerId, accountId) {
      if ((await blocks.between(viewerId, accountId)).blockedBy) throw new DomainError('NOT_FOUND');
      const ids = await store.known(db, { viewerId, accountId, limit: KNOWN_COUNTED });
      return { people: await people.list(ids.slice(0, KNOWN_SHOWN)), count: ids.length };
    },

    followers: (viewerId, input) => page(viewerId, input, 'followers'),
    following: (viewerId, input) => page(viewerId, input, 'following'),

    async suggestions(viewerId) {
      const rows = await readSuggestions(db, viewerId, SUGGESTIONS);
      const cards = await people.cards(rows.flatMap(({ id, by }) => [id, ...by]) as AccountId[]);
      return rows.flatMap((row) => {
        const person = cards.get(row.id as AccountId);
        return person ? [{ person, reason: reasonFor(row, cards) }] : [];
      });
    },

    async followedByAny({ speakers, candidates }) {
      if (speakers.length === 0 || candidates.length === 0) return new Set();
      return new Set(await store.followedByAny(db, speakers, candidates));
    },

    async followsAmong({ speakers, candidates }) {
      if (speakers.length === 0 || candidates.length === 0) return [];
      return store.among(db, { followers: speakers, followed: candidates });
    },

    between: (viewerId, accountId) => store.between(db, viewerId, accountId),

    findFollowers: (accountId, options) => store.findFollowers(db, accountId, options),
    mutuals: (accountId) => store.mutuals(db, accountId),

    async removeBetween(tx, one, other) {
      await store.remove(tx, one, other);
      await store.remove(tx, other, one);
    },
  };
}
