import type { Role, Visibility } from '@salotto/contract';
import { DomainError } from '../errors.ts';

/** Where somebody stands in the room that they call people into: `role` is null for who is not in it. */
export type Caller = {
  live: boolean;
  role: Role | null;
  /** The room's own rule lets them ask people in. */
  invites: boolean;
};

/** How somebody stands to whoever calls them, and to the room. */
export type Called = { followsCaller: boolean; blocked: boolean; inside: boolean; removed: boolean };

/** A call is also the way in, so it is for those whom the room lets ask people in. */
export function requireMayCall({ live, role, invites }: Caller): void {
  if (!live) throw new DomainError('CONFLICT', { reason: 'room_ended' });
  if (role === null) throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
  if (!invites) throw new DomainError('FORBIDDEN', { reason: 'role' });
}

/** Followers only: they have chosen to hear of this person. */
export const canBeCalled = ({ followsCaller, blocked, inside, removed }: Called): boolean =>
  followsCaller && !blocked && !inside && !removed;

/** Where everybody may walk in, nobody has to be let in. */
export const alsoInvites = (room: { visibility: Visibility; lobby: boolean }): boolean =>
  room.visibility !== 'open' || room.lobby;
