import {
  type Audience,
  applyUpdate,
  type RoomId,
  type RoomUpdate,
  type RoomView,
  type ServerMessage,
  type Subject,
} from '@salotto/contract';
import type { Timers } from '../../media/timers.ts';

export type RoomUpdates = {
  watch(
    subject: Subject,
    watcher: { onMessage(message: ServerMessage): void; after?: () => number | undefined },
  ): () => void;
  refresh(subject: Subject): void;
};

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

/** A hole is asked for again when the answer does not come. */
const REFILL_PATIENCE_MS = 2_000;

/** Watches one room and what is one's own, and asks again for what is missing. */
export function createRoomSync(options: {
  roomId: RoomId;
  updates: RoomUpdates;
  timers: Timers;
  /** What is known of the room so far. */
  known(): Pick<Synced, 'room' | 'audience'>;
  onSynced(synced: Synced): void;
  onSounds(message: Extract<ServerMessage, { type: 'room.sounds' }>): void;
  onMe(message: Extract<ServerMessage, { type: 'me' }>): void;
  onQueue(place: number): void;
  /** For moderators: so many wait to be let in. */
  onLobby(waiting: number): void;
  onGone(message: Extract<ServerMessage, { type: 'gone' }>): void;
}) {
  const { updates, timers } = options;
  const subject: Subject = `room:${options.roomId}`;
  let unwatch: (() => void)[] = [];
  let wantSnapshot = false;
  let cancelRefill: (() => void) | null = null;

  function onMessage(message: ServerMessage) {
    if (message.type === 'me') return options.onMe(message);
    // `me` tells of every room that one is in.
    if (message.type === 'me.queue')
      return message.roomId === options.roomId ? options.onQueue(message.place) : undefined;
    if (message.type === 'room.lobby') return options.onLobby(message.waiting);
    if (message.type === 'gone') return options.onGone(message);
    if (message.type === 'room.sounds') return options.onSounds(message);
    const { room, audience } = options.known();
    const synced = receive(room, audience, message);
    if (synced.snapshot) wantSnapshot = false;
    if (synced.snapshot || synced.applied.length > 0) stopRefill();
    options.onSynced(synced);
    // After it is known how far it goes, and unless it ended all.
    if (synced.hole && unwatch.length > 0) refill();
  }

  function refill() {
    if (cancelRefill) return;
    cancelRefill = timers.after(REFILL_PATIENCE_MS, () => {
      cancelRefill = null;
    });
    updates.refresh(subject);
  }

  function stopRefill() {
    cancelRefill?.();
    cancelRefill = null;
  }

  function stop() {
    stopRefill();
    for (const end of unwatch) end();
    unwatch = [];
  }

  return {
    /** Watches, from what is known; once more after the room was entered again. */
    start() {
      for (const end of unwatch) end();
      const after = () => (wantSnapshot ? undefined : options.known().room?.seq);
      unwatch = [updates.watch(subject, { onMessage, after }), updates.watch('me', { onMessage })];
    },
    /** The whole room anew, now and until it comes. */
    askForRoom() {
      wantSnapshot = true;
      stopRefill();
      refill();
    },
    askForMe: () => updates.refresh('me'),
    stop,
  };
}
