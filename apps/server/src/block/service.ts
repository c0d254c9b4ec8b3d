import type { AccountId, PersonCard } from '@salotto/contract';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import type { FollowService } from '../follow/service.ts';
import type { People } from '../profile/people.ts';
import type { Blocks } from './blocks.ts';

export type BlockDeps = {
  db: Db;
  clock: Clock;
  people: People;
  blocks: Blocks;
  follow: Pick<FollowService, 'removeBetween'>;
  /** Called after commit, for the blocker and for the blocked. */
  onChanged(accountId: AccountId): void;
};

export type BlockService = {
  block(viewerId: AccountId, accountId: AccountId): Promise<void>;
  unblock(viewerId: AccountId, accountId: AccountId): Promise<void>;
  list(viewerId: AccountId): Promise<PersonCard[]>;
  /** Whom this person blocked. */
  blockedIds(accountId: AccountId): Promise<AccountId[]>;
  /** Which of the others blocked this person or are blocked by it. */
  eitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<Set<AccountId>>;
};
