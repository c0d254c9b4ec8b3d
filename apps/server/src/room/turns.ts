import type { Change, RoomState } from './state.ts';

/**
 * Who speaks in one go and since when, as measured; null where nobody does. `unmeasured` where nobody measures this room:
 * then an open microphone counts as speaking.
 */
export type Floor = { participationId: string; since: number } | null | 'unmeasured';

/** A measured beginning may move a little with every report; only a later one is another turn. */
const SAME_TURN_MS = 2_000;

/** What the clock of turns does now: turns that began or ended, and microphones that the room turns off. Pure. */
export function turnChanges(options: { room: RoomState; now: number; floor: Floor }): Change[] {
  const { room, now, floor } = options;
  const { seconds, mutes } = room.turnClock;
  if (seconds === 0) return [];
  const changes: Change[] = [];
  for (const { participationId, role, muted, turnSince } of room.stage) {
    if (role === 'moderator' || muted) continue;
    const since = beginning({ participationId, turnSince, now, floor });
    if (since === null) {
      if (turnSince !== undefined) changes.push({ kind: 'turn.ended', participationId, reason: 'silence' });
      continue;
    }
    if (turnSince === undefined || since - turnSince > SAME_TURN_MS) {
      changes.push({ kind: 'turn.began', participationId, since });
    }
    if (!mutes || now - since < seconds * 1_000) continue;
    changes.push({ kind: 'turn.ended', participationId, reason: 'time' });
    changes.push({ kind: 'microphone.changed', participationId, muted: true });
  }
  return changes;
}

function beginning(options: {
  participationId: string;
  turnSince: number | undefined;
  now: number;
  floor: Floor;
}): number | null {
  const { participationId, turnSince, now, floor } = options;
  if (floor === 'unmeasured') return turnSince ?? now;
  return floor?.participationId === participationId ? floor.since : null;
}
