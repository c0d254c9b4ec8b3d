import type { AccountId, PersonCard } from '@salotto/contract';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { lockPair } from '../db/pair-lock.ts';
import { DomainError } from '../errors.ts';
import type { FollowService } from '../follow/service.ts';
import type { People } from '../profile/people.ts';
import type { Blocks } from './blocks.ts';
import { createMarks } from './mark.ts';
import { createBlockStore } from './store.ts';

export type BlockDeps = {
  db: Db;
  clock: Clock;
  people: People;
  blocks: Blocks;
  follow: Pick<FollowService, 'removeBetween'>;
  /** Called after commit, for the blocker and for the blocked. */
  onChanged(accountId: AccountId): void;
  /** Called after commit: whatever the blocker keeps in order follows. */
  onBlocked(blockerId: AccountId, blockedId: AccountId): Promise<void>;
};

export type BlockService = {
  block(viewerId: AccountId, accountId: AccountId): Promise<void>;
  unblock(viewerId: AccountId, accountId: AccountId): Promise<void>;
  list(viewerId: AccountId): Promise<PersonCard[]>;
  /** Whether several of those whom the viewer follows blocked this person. */
  mark(viewerId: AccountId, accountId: AccountId): Promise<{ bySeveral: boolean }>;
  /** Whom this person blocked. */
  blockedIds(accountId: AccountId): Promise<AccountId[]>;
  /** Which of the others blocked this person or are blocked by it. */
  eitherWay(accountId: AccountId, others: readonly AccountId[]): Promise<Set<AccountId>>;
};

export function createBlockService(deps: BlockDeps): BlockService {
  const { db, clock, people, blocks, follow, onChanged, onBlocked } = deps;
  const store = createBlockStore();
  const marks = createMarks({ clock, count: (asked) => store.countFollowedBlockers(db, asked) });

  function changed(viewerId: AccountId, accountId: AccountId): void {
    onChanged(viewerId);
    onChanged(accountId);
  }

  return {
    async block(viewerId, accountId) {
      if (viewerId === accountId) throw new DomainError('CONFLICT', { reason: 'self' });
      if ((await people.list([accountId])).length === 0) throw new DomainError('NOT_FOUND');
      await db.transaction(async (tx) => {
        await lockPair(tx, viewerId, accountId);
        await store.add(tx, { blockerId: viewerId, blockedId: accountId, createdAt: new Date(clock()) });
        await follow.removeBetween(tx, viewerId, accountId);
      });
      changed(viewerId, accountId);
      await onBlocked(viewerId, accountId);
    },

    async unblock(viewerId, accountId) {
      if (await store.remove(db, viewerId, accountId)) changed(viewerId, accountId);
    },

    list: async (viewerId) => people.list(await blocks.blockedIds(viewerId)),
    mark: async (viewerId, accountId) => ({ bySeveral: await marks(viewerId, accountId) }),
    blockedIds: blocks.blockedIds,
    eitherWay: blocks.eitherWay,
  };
}
