import { type CallReason, type HandOrder, type HandPolicy, OFFER_MS, type TurnClock } from '@salotto/contract';
import { DomainError } from '../errors.ts';
import { abilitiesOf, requireLive, requireModerator, requireUnprotected } from './policy.ts';
import {
  type Change,
  type HandFacts,
  handOf,
  type Person,
  type RoomState,
  type Settings,
  seatOf,
  type TextName,
} from './state.ts';

/**
 * Every command on a room: pure, from the room and who asks to the changes that follow. They throw the declared domain
 * errors; a command that has nothing to do gives no changes.
 */
export type Asked = { room: RoomState; actor: Person; now: number };
export type OfSomebody = Asked & { target: Person };

export function raiseHand({
  room,
  actor,
  followedBySpeakers,
  facts,
}: Asked & { followedBySpeakers: boolean; facts?: HandFacts }): Change[] {
  requireLive(room);
  if (seatOf(room, actor.participationId)) throw new DomainError('CONFLICT', { reason: 'already_on_stage' });
  if (handOf(room, actor.participationId)) return [];
  if (!abilitiesOf(room, actor, { followedBySpeakers }).raiseHand) {
    throw new DomainError('FORBIDDEN', { reason: 'hands_closed' });
  }
  return [{ kind: 'hand.raised', ...actor, ...facts }];
}

export function lowerHand({ room, actor }: Asked): Change[] {
  if (!handOf(room, actor.participationId)) return [];
  return [{ kind: 'hand.lowered', participationId: actor.participationId, reason: 'lowered' }];
}

/** `reasonOf` gives the place in the queue and its numbers, for whoever has one. */
export function offerStage({
  room,
  actor,
  target,
  now,
  reasonOf,
}: OfSomebody & { reasonOf?: (participationId: string) => CallReason | null }): Change[] {
  requireModerator(room, actor);
  if (seatOf(room, target.participationId)) throw new DomainError('CONFLICT', { reason: 'already_on_stage' });
  requireSeat(room);
  const hand = handOf(room, target.participationId);
  const { raisedAt = now, spokenMs = 0, onStageBefore = false } = hand ?? {};
  const reason = hand?.state === 'raised' ? (reasonOf?.(target.participationId) ?? null) : null;
  return [{ kind: 'hand.offered', ...target, until: now + OFFER_MS, raisedAt, spokenMs, onStageBefore, reason }];
}

/** Offers the stage to the first of `queue` whose hand is still up: it was read before the room was locked. */
export function callNext({
  room,
  actor,
  now,
  queue,
}: Asked & { queue: readonly { participationId: string; reason: CallReason }[] }): Change[] {
  requireModerator(room, actor);
  for (const { participationId, reason } of queue) {
    const hand = handOf(room, participationId);
    if (hand?.state !== 'raised') continue;
    const target = { participationId, accountId: hand.accountId };
    return offerStage({ room, actor, target, now, reasonOf: () => ({ ...reason, place: 1 }) });
  }
  throw new DomainError('CONFLICT', { reason: 'hand_not_raised' });
}

/** Somebody who came by a speaker link is offered the stage by the room itself, where there is a place. */
export function standingOffer({ room, target, now }: Omit<OfSomebody, 'actor'>): Change[] {
  requireLive(room);
  const hand = handOf(room, target.participationId);
  if (seatOf(room, target.participationId) || hand?.state === 'offered') return [];
  if (room.stage.length >= room.settings.stageLimit) return [];
  return [{ kind: 'hand.offered', ...target, until: now + OFFER_MS, raisedAt: hand?.raisedAt ?? now }];
}

export function withdrawOffer({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  if (!handOf(room, target.participationId)) return [];
  return [{ kind: 'hand.lowered', participationId: target.participationId, reason: 'dismissed' }];
}

export function acceptOffer({ room, actor, now }: Asked): Change[] {
  requireLive(room);
  if (seatOf(room, actor.participationId)) return [];
  const hand = handOf(room, actor.participationId);
  if (hand?.state !== 'offered') throw new DomainError('FORBIDDEN', { reason: 'no_offer' });
  if ((hand.offeredUntil ?? 0) < now) throw new DomainError('CONFLICT', { reason: 'offer_expired' });
  requireSeat(room);
  return [
    { kind: 'hand.lowered', participationId: actor.participationId, reason: 'accepted' },
    { kind: 'stage.joined', ...actor, role: 'speaker' },
  ];
}

export function setMicrophone({ room, actor, open }: Asked & { open: boolean }): Change[] {
  requireLive(room);
  const seat = seatOf(room, actor.participationId);
  if (!seat) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
  if (open && !abilitiesOf(room, actor).speak) throw new DomainError('FORBIDDEN', { reason: 'held' });
  if (seat.muted === !open) return [];
  return [{ kind: 'microphone.changed', participationId: actor.participationId, muted: !open }];
}

export function mute({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  const seat = seatOf(room, target.participationId);
  if (!seat) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
  // Who muted themselves may still send: only somebody else's mute closes the stage plane too.
  if (seat.held || seat.silenced || (seat.muted && target.participationId === actor.participationId)) return [];
  return [{ kind: 'microphone.changed', participationId: target.participationId, muted: true }];
}

/** Mute that its person can't undo. */
export function hold({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  const seat = seatOf(room, target.participationId);
  if (!seat) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
  if (seat.role === 'moderator') throw new DomainError('CONFLICT', { reason: 'already_moderator' });
  return seat.held ? [] : [{ kind: 'seat.held', participationId: target.participationId }];
}

/** The microphone stays muted until its person opens it. */
export function release({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  if (!seatOf(room, target.participationId)?.held) return [];
  return [{ kind: 'seat.released', participationId: target.participationId }];
}

export function leaveStage({ room, actor }: Asked): Change[] {
  requireLive(room);
  if (!seatOf(room, actor.participationId)) return [];
  return [{ kind: 'stage.left', participationId: actor.participationId, reason: 'to_audience' }];
}

export function moveToAudience({ room, actor, target }: OfSomebody): Change[] {
  requireModerator(room, actor);
  if (!seatOf(room, target.participationId)) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
  if (target.participationId !== actor.participationId) requireUnprotected(room, target);
  return [{ kind: 'stage.left', participationId: target.participationId, reason: 'moved' }];
}

export function setHandPolicy({ room, actor, policy }: Asked & { policy: HandPolicy }): Change[] {
  requireModerator(room, actor);
  return room.handPolicy === policy ? [] : [{ kind: 'hand_policy.changed', policy }];
}

export function setHandOrder({ room, actor, order }: Asked & { order: HandOrder }): Change[] {
  requireModerator(room, actor);
  if (order === 'fewest_minutes' && !room.settings.ledger)
    throw new DomainError('CONFLICT', { reason: 'not_measured' });
  return room.handOrder === order ? [] : [{ kind: 'hand_order.changed', order }];
}

/** Texts count as changed whenever they are given: they stand in the row, which this rule does not see. */
export function change({
  room,
  actor,
  settings,
  texts,
}: Asked & { settings: Partial<Settings>; texts: TextName[] }): Change[] {
  requireModerator(room, actor);
  const changed: Partial<Settings> = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => String(value) !== String(room.settings[name as keyof Settings])),
  );
  if (Object.keys(changed).length === 0 && texts.length === 0) return [];
  // Without minutes there is no order by them.
  const unordered = changed.ledger === false && room.handOrder === 'fewest_minutes';
  return [
    { kind: 'room.changed', settings: changed, texts },
    ...(unordered ? [{ kind: 'hand_order.changed' as const, order: 'first_come' as const }] : []),
  ];
}

export function setTurnClock({ room, actor, turnClock }: Asked & { turnClock: TurnClock }): Change[] {
  requireModerator(room, actor);
  const { seconds, mutes } = room.turnClock;
  if (seconds === turnClock.seconds && mutes === turnClock.mutes) return [];
  return [{ kind: 'turn_clock.changed', clock: turnClock }];
}

export function pinLink({ room, actor, linkId }: Asked & { linkId: string }): Change[] {
  requireModerator(room, actor);
  return [{ kind: 'link.pinned', linkId }];
}

export function unpinLink({ room, actor }: Asked): Change[] {
  requireModerator(room, actor);
  return [{ kind: 'link.unpinned' }];
}

export function end({ room, actor }: Asked): Change[] {
  if (room.status === 'ended') return [];
  requireModerator(room, actor);
  return [{ kind: 'room.ended', reason: 'moderator' }];
}

/** Leaving the room: whatever one holds is given back. */
export const leave = ({ room, actor }: Asked): Change[] => away(room, actor, 'left_room');

function requireSeat(room: RoomState): void {
  if (room.stage.length >= room.settings.stageLimit) throw new DomainError('CONFLICT', { reason: 'stage_full' });
}

/** What somebody holds is given back. */
export function away(room: RoomState, person: Person, reason: 'left_room' | 'removed'): Change[] {
  const changes: Change[] = [];
  const { participationId } = person;
  if (handOf(room, participationId)) changes.push({ kind: 'hand.lowered', participationId, reason: 'left' });
  if (seatOf(room, participationId)) changes.push({ kind: 'stage.left', participationId, reason });
  return changes;
}
