import { type AccountId, type Callable, PINGS_PER_HOUR, type RoomId } from '@salotto/contract';
import type { Viewer } from '../account/service.ts';
import type { Rule, WindowStore } from '../account/window.ts';
import type { Blocks } from '../block/blocks.ts';
import { DomainError } from '../errors.ts';
import type { FollowService } from '../follow/service.ts';
import type { NotificationService } from '../notification/service.ts';
import type { People } from '../profile/people.ts';
import type { RoomService } from '../room/service.ts';
import { alsoInvites, canBeCalled, requireMayCall } from './policy.ts';

const PINGS: Rule = { name: 'ping', limit: PINGS_PER_HOUR, windowMs: 60 * 60_000, maxKeys: 50_000 };
/** Looked at for a list, and shown of it. */
const LOOKED_AT = 200;
const SHOWN = 50;

export type PingDeps = {
  windows: WindowStore;
  people: People;
  blocks: Blocks;
  follow: Pick<FollowService, 'findFollowers' | 'between'>;
  room: Pick<RoomService, 'standing' | 'invite'>;
  notification: Pick<NotificationService, 'notify' | 'pinged'>;
};

export type PingService = ReturnType<typeof createPingService>;

/** Calling followers into a room. Each person is called into a room once, whoever calls. */
export function createPingService(deps: PingDeps) {
  const { windows, people, blocks, follow, room, notification } = deps;

  return {
    /** Followers who can be called, those whom one follows back first. */
    async people(viewer: Viewer, input: { roomId: RoomId; search: string }): Promise<Callable[]> {
      const { accountId } = viewer;
      const { roomId, search } = input;
      const followers = await follow.findFollowers(accountId, { search, limit: LOOKED_AT });
      const ids = followers.map(({ id }) => id);
      const [standing, hidden, called] = await Promise.all([
        room.standing(roomId, accountId, ids),
        blocks.eitherWay(accountId, ids),
        notification.pinged(roomId, ids),
      ]);
      requireMayCall(standing);
      const shown = followers
        .filter(({ id }) =>
          canBeCalled({
            followsCaller: true,
            blocked: hidden.has(id),
            inside: standing.inside.has(id),
            removed: standing.removed.has(id),
          }),
        )
        .slice(0, SHOWN);
      const cards = await people.cards(shown.map(({ id }) => id));
      return shown.flatMap(({ id, mutual }) => {
        const person = cards.get(id);
        return person ? [{ person, mutual, called: called.has(id) }] : [];
      });
    },

    /** Calling the same person again changes nothing. */
    async send(viewer: Viewer, input: { roomId: RoomId; accountId: AccountId }): Promise<void> {
      const { roomId, accountId } = input;
      const [standing, relation, between, called] = await Promise.all([
        room.standing(roomId, viewer.accountId, [accountId]),
        follow.between(viewer.accountId, accountId),
        blocks.between(viewer.accountId, accountId),
        notification.pinged(roomId, [accountId]),
      ]);
      requireMayCall(standing);
      if (called.has(accountId) || standing.inside.has(accountId)) return;
      const allowed = canBeCalled({
        followsCaller: relation.followsYou,
        blocked: between.blocked || between.blockedBy,
        inside: false,
        removed: standing.removed.has(accountId),
      });
      if (!allowed) throw new DomainError('NOT_FOUND');
      const waitMs = await windows.take([{ rule: PINGS, key: viewer.accountId }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      if (alsoInvites(standing)) await room.invite(roomId, viewer, [accountId]);
      await notification.notify({ accountId, kind: 'ping', actorId: viewer.accountId, roomId });
    },
  };
}
