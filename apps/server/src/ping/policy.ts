import type { Role } from '@salotto/contract';
import { DomainError } from '../errors.ts';

/** Where somebody stands in the room that they call people into; `role` is null for who is not in it. */
export type Caller = { live: boolean; role: Role | null };

/** How somebody stands to whoever calls them, and to the room. */
export type Called = { followsCaller: boolean; blocked: boolean; inside: boolean; removed: boolean };

/** Everybody in a room may call people in. */
export function requireMayCall({ live, role }: Caller): void {
  if (!live) throw new DomainError('CONFLICT', { reason: 'room_ended' });
  if (role === null) throw new DomainError('FORBIDDEN', { reason: 'not_in_room' });
}

/** Followers only: they have chosen to hear of this person. */
export const canBeCalled = ({ followsCaller, blocked, inside, removed }: Called): boolean =>
  followsCaller && !blocked && !inside && !removed;
