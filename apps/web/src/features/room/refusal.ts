import { ORPCError } from '@orpc/client';
import type { Refusal } from '../../media/room-connection.ts';

/** Why a call about a room was refused for good; null when another try makes sense. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ORPCError)) return null;
  switch (error.code) {
    case 'UNAUTHORIZED':
      return 'signed-out';
    case 'NOT_FOUND':
      return 'not-found';
    case 'FORBIDDEN':
      return forbidden(reasonOf(error.data));
    case 'CONFLICT':
      return conflict(reasonOf(error.data));
    default:
      return null;
  }
}

/** Whether the moderators answered a knock with no. */
export const isTurnedAway = (error: unknown): boolean =>
  error instanceof ORPCError && reasonOf(error.data) === 'turned_away';

function forbidden(reason: unknown): Refusal {
  if (reason === 'removed') return 'removed';
  if (reason === 'not_invited') return 'not-invited';
  if (reason === 'lobby') return 'lobby';
  return reason === 'not_in_room' ? 'not-in-room' : 'forbidden';
}

function conflict(reason: unknown): Refusal | null {
  if (reason === 'room_ended') return 'ended';
  if (reason === 'room_locked') return 'locked';
  if (reason === 'elsewhere') return 'elsewhere';
  if (reason === 'seat_elsewhere') return 'seat-elsewhere';
  if (reason === 'link_used') return 'link-used';
  return reason === 'room_full' ? 'full' : null;
}

/** With `removed`: when that ends; null for good. */
export function untilOf(error: unknown): number | null {
  const data: unknown = error instanceof ORPCError ? error.data : null;
  if (typeof data !== 'object' || data === null || !('until' in data)) return null;
  return typeof data.until === 'number' ? data.until : null;
}

function reasonOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'reason' in data ? data.reason : undefined;
}
