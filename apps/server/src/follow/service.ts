import type { AccountId, PersonCard } from '@salotto/contract';
import type { Blocks } from '../block/blocks.ts';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../db/client.ts';
import type { People } from '../profile/people.ts';

export type PeoplePage = { people: PersonCard[]; next: string | null };
export type PageInput = { handle: string; after?: string | undefined };

export type FollowDeps = { db: Db; clock: Clock; people: People; blocks: Blocks };

export type FollowService = {
  follow(viewerId: AccountId, accountId: AccountId): Promise<void>;
  unfollow(viewerId: AccountId, accountId: AccountId): Promise<void>;
  ids(viewerId: AccountId): Promise<AccountId[]>;
  followers(viewerId: AccountId, input: PageInput): Promise<PeoplePage>;
  following(viewerId: AccountId, input: PageInput): Promise<PeoplePage>;
  suggestions(viewerId: AccountId): Promise<PersonCard[]>;
  /** Which of the candidates somebody of the speakers follows. */
  followedByAny(options: { speakers: readonly AccountId[]; candidates: readonly AccountId[] }): Promise<Set<AccountId>>;
  /** How two people stand to each other, and how many follow the second. */
  between(
    viewerId: AccountId,
    accountId: AccountId,
  ): Promise<{ following: boolean; followsYou: boolean; followers: number; followingCount: number }>;
  /** Ends follows in both directions, inside the caller's transaction. */
  removeBetween(tx: Tx, one: AccountId, other: AccountId): Promise<void>;
};
