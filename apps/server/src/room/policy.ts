import {
  type Abilities,
  abilities,
  isProtected,
  maySearchAudience,
  type Role,
  type Visibility,
} from '@salotto/contract';
import { DomainError } from '../errors.ts';
import { handOf, type Person, type RoomState, type StageSeat, seatOf } from './state.ts';

/** The role of a participation in a room; the audience needs no row of its own. */
export const roleOf = (room: RoomState, participationId: string): Role =>
  seatOf(room, participationId)?.role ?? 'listener';

/** What somebody may do in this room. The rules themselves are the contract's, shared with the client. */
export function abilitiesOf(
  room: RoomState,
  person: Person,
  facts: { followedBySpeakers: boolean } = { followedBySpeakers: false },
): Abilities {
  return abilities({
    role: roleOf(room, person.participationId),
    held: seatOf(room, person.participationId)?.held ?? false,
    hand: handOf(room, person.participationId)?.state ?? 'lowered',
    handPolicy: room.handPolicy,
    followedBySpeakers: facts.followedBySpeakers,
    live: room.status === 'live',
  });
}

/** Whether the stage plane takes sound from this seat: not when a moderator muted it and its person has not unmuted. */
export const maySend = (seat: StageSeat): boolean => !seat.held && !seat.silenced;

export function requireLive(room: RoomState): void {
  if (room.status !== 'live') throw new DomainError('CONFLICT', { reason: 'room_ended' });
}

export function requireModerator(room: RoomState, actor: Person): void {
  requireLive(room);
  if (!abilitiesOf(room, actor).moderate) throw new DomainError('FORBIDDEN', { reason: 'role' });
}

/** Only people on stage have a sound to say something about. */
export function requireOnStage(room: RoomState, actor: Person): void {
  requireLive(room);
  if (!seatOf(room, actor.participationId)) throw new DomainError('CONFLICT', { reason: 'not_on_stage' });
}

export function requireSearch(room: RoomState, actor: Person, guest: boolean): void {
  requireLive(room);
  const role = roleOf(room, actor.participationId);
  if (!maySearchAudience({ role, guest })) throw new DomainError('FORBIDDEN', { reason: 'guest' });
}

/**
 * Whose block keeps this person from entering: that of everybody on stage. Over whoever started the room, and over a
 * moderator who is awaited back, moderators alone decide, or any speaker could shut them out of their own room.
 *
 * Nobody is sent out by a speaker's block, nor by a speaker who blocked them and comes on stage while they listen: sending
 * out is a moderator's act, and would tell them who it was. Once they leave, the way back is closed as any other.
 */
export function blockersThatCount(
  room: Pick<RoomState, 'starterId' | 'returning' | 'stage'>,
  accountId: string,
): string[] {
  const theirs = accountId === room.starterId || room.returning.some((awaited) => awaited.accountId === accountId);
  return room.stage.filter((seat) => seat.role === 'moderator' || !theirs).map((seat) => seat.accountId);
}

/** How somebody stands to a room before they enter. */
export type Entry = {
  visibility: Visibility;
  live: boolean;
  locked: boolean;
  /** The room's own limit is reached. */
  full: boolean;
  removed: boolean;
  /** Somebody whose block counts here blocked this person: see `blockersThatCount`. */
  blocked: boolean;
  /** Has a place there, and comes back to it. */
  inside: boolean;
  /** Started the room, or was asked in. */
  invited: boolean;
  /** Somebody on stage follows this person. */
  followedBySpeakers: boolean;
  /** What the lobby asks of them. */
  knocking: Knocking;
};

/** How somebody stands to the lobby of a room. */
export type Knocking = {
  lobby: boolean;
  /** Called by somebody on stage, or the starter. */
  expected: boolean;
  /** Was in this room before, or was let in. */
  known: boolean;
  /** Came by a speaker link whose offer still stands. */
  speakerLink: boolean;
  speakerLinksPass: boolean;
  /** A guest from where a guest came who was removed from this room. */
  removedNetwork: boolean;
};

/**
 * Must this person knock? Where the lobby is off nobody does, but for guests who may be somebody removed who came again:
 * neither a link nor an open door is an answer to that.
 */
export function mustKnock(person: Knocking): boolean {
  if (person.known || person.expected) return false;
  if (person.removedNetwork) return true;
  return person.lobby && !(person.speakerLink && person.speakerLinksPass);
}

/** May this person know of the room: title, people, that it is there? */
export function maySee(entry: Pick<Entry, 'visibility' | 'inside' | 'invited' | 'followedBySpeakers'>): boolean {
  switch (entry.visibility) {
    case 'open':
      return true;
    case 'social':
      return entry.inside || entry.invited || entry.followedBySpeakers;
    case 'closed':
      return entry.inside || entry.invited;
    default: {
      const unknown: never = entry.visibility;
      return unknown;
    }
  }
}

export type Refused = 'removed' | 'blocked' | 'room_ended' | 'not_invited' | 'room_locked' | 'room_full' | 'lobby';

/** May this person enter now? A place that one has outlives every setting; a removal outlives the place. */
export function mayEnter(entry: Entry): 'ok' | Refused {
  if (entry.removed) return 'removed';
  if (!entry.live) return 'room_ended';
  if (entry.inside) return 'ok';
  if (entry.blocked) return 'blocked';
  if (!maySee(entry)) return 'not_invited';
  if (entry.locked) return 'room_locked';
  if (mustKnock(entry.knocking)) return 'lobby';
  return entry.full ? 'room_full' : 'ok';
}

/** The starter keeps the room for as long as they moderate it: only they themselves step down. */
export function requireUnprotected(room: RoomState, target: Person): void {
  const role = roleOf(room, target.participationId);
  if (isProtected({ role, accountId: target.accountId, starterId: room.starterId })) {
    throw new DomainError('FORBIDDEN', { reason: 'starter' });
  }
}

/** May this stage-plane connection go on, or begin? A token older than the last change of role is refused. */
export function mayConnect(options: {
  active: boolean;
  removed: boolean;
  roomLive: boolean;
  roleChangedAt: number;
  /** Null for a connection that is already open: there only the rest is checked. */
  issuedAtSeconds: number | null;
}): 'ok' | 'not_in_room' | 'removed' | 'ended' | 'stale' {
  if (options.removed) return 'removed';
  if (!options.roomLive) return 'ended';
  if (!options.active) return 'not_in_room';
  // Tokens count whole seconds: one issued in the same second as the change is let through, because the gate mints
  // the token that reaches the plane itself.
  const stale = options.issuedAtSeconds !== null && options.issuedAtSeconds < Math.floor(options.roleChangedAt / 1000);
  return stale ? 'stale' : 'ok';
}

/** Rooms with more participants than this would be heard as a broadcast, once there is one. */
const WEBRTC_LIMIT = 300;

/** Which plane a listener gets. People on stage are always on WebRTC. */
export function planeFor(options: { role: Role; participants: number; broadcastAvailable: boolean }) {
  if (options.role !== 'listener' || !options.broadcastAvailable) return 'webrtc' as const;
  return options.participants > WEBRTC_LIMIT ? ('broadcast' as const) : ('webrtc' as const);
}
