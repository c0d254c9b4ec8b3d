import { organisationKey, visitsOf } from './hand-order.ts';
import { EMPTY_STAGE_MS } from './limits.ts';
import type { RoomView } from './room.ts';
import type { RoomUpdate } from './updates.ts';

/**
 * Applies one update to a room as a member sees it. An update that is not the next one changes nothing: duplicates are
 * harmless, and a hole is the caller's to fill (`seq` tells).
 */
export function applyUpdate(room: RoomView, update: RoomUpdate): RoomView {
  if (update.seq !== room.seq + 1) return room;
  return { ...change(room, update), seq: update.seq };
}

function change(room: RoomView, update: RoomUpdate): RoomView {
  switch (update.kind) {
    case 'stage.joined':
      return {
        ...room,
        closesAt: null,
        stage: [...room.stage.filter((seat) => seat.participationId !== update.seat.participationId), update.seat],
        hands: room.hands.filter((hand) => hand.participationId !== update.seat.participationId),
        visits:
          update.seat.role === 'speaker' ? oneMore(room.visits, organisationKey(update.seat.person)) : room.visits,
      };
    case 'stage.left':
      return withoutSeat(room, update);
    case 'role.changed':
      return seat(room, update.participationId, ofRole(update.role));
    case 'microphone.changed':
      return seat(room, update.participationId, { muted: update.muted });
    case 'seat.held':
      return seat(room, update.participationId, { muted: true, held: true });
    case 'seat.released':
      return seat(room, update.participationId, { held: false });
    case 'seat.lost':
      return seat(room, update.participationId, { lost: true });
    case 'seat.returned':
      return seat(room, update.participationId, { lost: false });
    case 'hand.raised':
    case 'hand.offered':
      return {
        ...room,
        hands: [...room.hands.filter((hand) => hand.participationId !== update.hand.participationId), update.hand].sort(
          (a, b) => a.raisedAt - b.raisedAt,
        ),
      };
    case 'hand.lowered':
      return { ...room, hands: room.hands.filter((hand) => hand.participationId !== update.participationId) };
    case 'hand_policy.changed':
      return { ...room, handPolicy: update.policy };
    case 'hand_order.changed':
      return { ...room, handOrder: update.order };
    case 'room.changed':
      return { ...room, ...update.changed };
    case 'turn_clock.changed':
      return {
        ...room,
        turnClock: update.clock,
        stage: update.clock.seconds === 0 ? room.stage.map((entry) => ({ ...entry, turnSince: null })) : room.stage,
      };
    case 'turn.began':
      return seat(room, update.participationId, { turnSince: update.since });
    case 'turn.ended':
      return seat(room, update.participationId, { turnSince: null });
    case 'person.removed':
      return {
        ...withoutSeat(room, update),
        hands: room.hands.filter((hand) => hand.participationId !== update.participationId),
      };
    case 'room.ended':
      return { ...room, status: 'ended', endedAt: update.at, closesAt: null, stage: [], hands: [] };
    case 'link.pinned':
    case 'link.unpinned':
    case 'ban.lifted':
    case 'hidden':
      return room;
    default: {
      const unknown: never = update;
      return unknown;
    }
  }
}

/** A stage that becomes empty closes the room after a while. */
function withoutSeat(room: RoomView, update: { participationId: string; at: number }): RoomView {
  const stage = room.stage.filter((entry) => entry.participationId !== update.participationId);
  const closesAt = stage.length > 0 ? null : (room.closesAt ?? update.at + EMPTY_STAGE_MS);
  return { ...room, stage, closesAt };
}

/** Moderators are never held. */
const ofRole = (role: 'moderator' | 'speaker') => (role === 'moderator' ? { role, held: false } : { role });

const oneMore = (visits: RoomView['visits'], key: string) => ({ ...visits, [key]: visitsOf(visits, key) + 1 });

function seat(room: RoomView, participationId: string, patch: Partial<RoomView['stage'][number]>): RoomView {
  return {
    ...room,
    stage: room.stage.map((entry) =>
      entry.participationId === participationId ? withoutEndedTurn({ ...entry, ...patch }) : entry,
    ),
  };
}

/** Whoever is muted does not go on speaking, and moderators have no clock. */
const withoutEndedTurn = (entry: RoomView['stage'][number]) =>
  entry.turnSince !== null && (entry.muted || entry.role === 'moderator') ? { ...entry, turnSince: null } : entry;
