import { MAX_STAGE } from '@salotto/contract';
import { DomainError } from '../errors.ts';
import type { Asked, OfSomebody } from './commands.ts';
import { requireModerator, requireUnprotected } from './policy.ts';
import { type Change, handOf, type Person, type RoomState, seatOf } from './state.ts';

/** Commands that give and take the role of moderator. Pure, as in `commands.ts`. */

export function makeModerator({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  return requireSeat(room, target).role === 'moderator' ? [] : [appointed(target)];
}

/** A moderator becomes a speaker again: by another one, or by themselves while there is another one. */
export function makeSpeaker({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  if (requireSeat(room, target).role === 'speaker') return [];
  const self = target.participationId === actor.participationId;
  if (!self) requireUnprotected(room, target);
  else if (room.stage.filter((seat) => seat.role === 'moderator').length === 1) {
    throw new DomainError('CONFLICT', { reason: 'last_moderator' });
  }
  return [{ kind: 'role.changed', participationId: target.participationId, role: 'speaker' }];
}

/** Somebody else moderates from now on, and the one who hands over is a speaker: in one act. */
export function handover({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  if (target.participationId === actor.participationId) throw new DomainError('CONFLICT', { reason: 'self' });
  const seat = requireSeat(room, target);
  if (seat.lostAt !== null) throw new DomainError('CONFLICT', { reason: 'not_connected' });
  return [
    ...(seat.role === 'moderator' ? [] : [appointed(target)]),
    { kind: 'role.changed', participationId: actor.participationId, role: 'speaker' },
  ];
}

/** Whoever vanished as a moderator and is here again in time gets seat and role back. */
export function comeBack({ room, actor, now }: Asked): Change[] {
  const awaited = room.returning.some(({ accountId, until }) => accountId === actor.accountId && until > now);
  if (!awaited || room.status !== 'live' || room.stage.length >= MAX_STAGE) return [];
  if (room.stage.some((seat) => seat.accountId === actor.accountId)) return [];
  const { participationId } = actor;
  return [
    ...(handOf(room, participationId) ? [lowered(participationId)] : []),
    { kind: 'stage.joined', ...actor, role: 'moderator' },
  ];
}

const lowered = (participationId: string): Change => ({ kind: 'hand.lowered', participationId, reason: 'accepted' });

const appointed = ({ participationId }: Person): Change => ({
  kind: 'role.changed',
  participationId,
  role: 'moderator',
});

function requireSeat(room: RoomState, target: Person) {
  const seat = seatOf(room, target.participationId);
  if (!seat) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
  return seat;
}
