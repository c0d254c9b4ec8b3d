import { EMPTY_STAGE_MS, SEAT_HELD_MS } from '@salotto/contract';
import { comeBack } from './roles.ts';
import type { Change, RoomState } from './state.ts';
import { type Floor, turnChanges } from './turns.ts';

/** A seat counts as lost when nothing was seen of its person for this long. */
export const SEAT_LOST_AFTER_MS = 8_000;

/**
 * What time itself does to a room: lost and returned seats, seats given up after they were held, moderators who vanished
 * and are back, offers and bans that ran out, a room without anybody on stage, turns that have a clock. Pure; called by the
 * reaper under the room's lock. `lastSeen` gives when a participation
 * was last seen, or null when this process can't tell yet (it just started): then nothing is concluded from silence.
 */
export function upkeep(options: {
  room: RoomState;
  now: number;
  lastSeen(participationId: string): number | null;
  floor?: Floor;
}): Change[] {
  const { room, now, lastSeen } = options;
  if (room.status === 'ended') return [];
  const changes: Change[] = [];
  let onStage = room.stage.length;
  for (const seat of room.stage) {
    const { participationId } = seat;
    const seen = lastSeen(participationId);
    const silent = seen !== null && now - seen > SEAT_LOST_AFTER_MS;
    if (seat.lostAt === null && silent) changes.push({ kind: 'seat.lost', participationId });
    else if (seat.lostAt !== null && seen !== null && !silent) changes.push({ kind: 'seat.returned', participationId });
    else if (seat.lostAt !== null && seen !== null && now - seat.lostAt > SEAT_HELD_MS) {
      changes.push({ kind: 'stage.left', participationId, reason: 'expired' });
      onStage -= 1;
    }
  }
  changes.push(...turnChanges({ room, now, floor: options.floor ?? 'unmeasured' }));
  for (const hand of room.hands.values()) {
    if (hand.state === 'offered' && (hand.offeredUntil ?? 0) < now) {
      changes.push({ kind: 'hand.lowered', participationId: hand.participationId, reason: 'expired' });
    }
  }
  for (const entry of room.returning) {
    const { participationId, accountId } = entry;
    const seen = lastSeen(participationId);
    if (seen === null || now - seen > SEAT_LOST_AFTER_MS) continue;
    const back = comeBack({ room, actor: { participationId, accountId }, now });
    if (back.length > 0) return [...changes, ...back];
  }
  for (const [accountId, until] of room.removed) {
    if (until !== null && until <= now) changes.push({ kind: 'ban.lifted', accountId });
  }
  if (onStage === 0 && room.stageEmptySince !== null && now - room.stageEmptySince > EMPTY_STAGE_MS) {
    const vanished = room.returning.some((entry) => entry.until > now);
    changes.push({ kind: 'room.ended', reason: vanished ? 'abandoned' : 'empty' });
  }
  return changes;
}
