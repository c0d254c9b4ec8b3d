import { type Audience, applyUpdate, type RoomUpdate, type RoomView, type ServerMessage } from '@salotto/contract';

export type Synced = {
  room: RoomView | null;
  audience: Audience | null;
  /** What of the message was new, in order. */
  applied: RoomUpdate[];
  /** The whole room came anew. */
  snapshot: boolean;
  /** Something between is missing: ask for the subject again. */
  hole: boolean;
};

/**
 * Takes one message of a room's subject. What is known already changes nothing, and what comes too early waits for the
 * hole before it to be filled.
 */
export function receive(room: RoomView | null, audience: Audience | null, message: ServerMessage): Synced {
  const same: Synced = { room, audience, applied: [], snapshot: false, hole: false };
  switch (message.type) {
    case 'room':
      // A snapshot may have been made before an update that overtook it.
      if (room && message.room.seq < room.seq) return same;
      return { ...same, room: message.room, audience: message.audience, snapshot: true };
    case 'room.updates':
      return room ? { ...same, ...applyAll(room, message.updates) } : { ...same, hole: true };
    case 'room.audience':
      return { ...same, audience: message.audience };
    case 'room.head':
      return { ...same, hole: !room || message.seq > room.seq };
    default:
      return same;
  }
}

function applyAll(start: RoomView, updates: readonly RoomUpdate[]): Pick<Synced, 'room' | 'applied' | 'hole'> {
  let room = start;
  const applied: RoomUpdate[] = [];
  for (const update of updates) {
    if (update.seq > room.seq + 1) return { room, applied, hole: true };
    const next = applyUpdate(room, update);
    if (next !== room) applied.push(update);
    room = next;
  }
  return { room, applied, hole: false };
}
