import { ownRole, ownSeat, type RoomState } from './room-state.ts';

/** What a person who does not see the screen must hear about. */
export type Announcement =
  | 'microphone-open'
  | 'microphone-muted'
  | 'microphone-trouble'
  | 'microphone-held'
  | 'microphone-released'
  | 'hand-raised'
  | 'hand-lowered'
  | 'stage-offered'
  | 'offer-gone'
  | 'on-stage'
  | 'in-audience'
  | 'moderator'
  | 'reconnecting'
  | 'reconnected'
  | 'closing'
  | 'open-again'
  | 'ended'
  | 'removed'
  | 'taken-over';

/** What changed for oneself between two states, the most important last. */
export function announcementsOf(before: RoomState, after: RoomState): Announcement[] {
  const found: Announcement[] = [];
  if (after.phase !== before.phase) {
    if (after.phase === 'ended' || after.phase === 'removed' || after.phase === 'taken-over') found.push(after.phase);
    // Coming in, or back, with a seat: whoever vanished as a moderator hears that the role is theirs again.
    if (before.phase === 'joining' && after.phase === 'in' && ownSeat(after)) {
      found.push(ownRole(after) === 'moderator' ? 'moderator' : 'on-stage');
    }
    return found;
  }
  if (after.phase !== 'in') return found;
  found.push(
    ...ofConnection(before, after),
    ...ofClosing(before, after),
    ...ofHand(before, after),
    ...ofPlace(before, after),
  );
  found.push(...ofHold(before, after));
  if (after.microphone !== before.microphone) found.push(...ofMicrophone(after));
  return found;
}

function ofConnection(before: RoomState, after: RoomState): Announcement[] {
  if (after.connection.name === before.connection.name) return [];
  if (after.connection.name === 'reconnecting') return ['reconnecting'];
  return after.connection.name === 'connected' && before.connection.name === 'reconnecting' ? ['reconnected'] : [];
}

function ofClosing(before: RoomState, after: RoomState): Announcement[] {
  const was = before.room?.closesAt ?? null;
  const is = after.room?.closesAt ?? null;
  if ((was === null) === (is === null)) return [];
  return [is === null ? 'open-again' : 'closing'];
}

function ofHand(before: RoomState, after: RoomState): Announcement[] {
  const was = before.own?.hand ?? 'lowered';
  const is = after.own?.hand ?? 'lowered';
  if (was === is || ownSeat(after) || ownSeat(before)) return [];
  if (is === 'offered') return ['stage-offered'];
  if (is === 'raised') return ['hand-raised'];
  return [was === 'offered' ? 'offer-gone' : 'hand-lowered'];
}

function ofPlace(before: RoomState, after: RoomState): Announcement[] {
  const was = ownRole(before);
  const is = ownRole(after);
  if (was === is || !before.room) return [];
  if (is === 'moderator') return ['moderator'];
  if (is === 'listener') return ['in-audience'];
  return was === 'listener' ? ['on-stage'] : [];
}

function ofHold(before: RoomState, after: RoomState): Announcement[] {
  const was = ownSeat(before)?.held ?? false;
  const is = ownSeat(after)?.held ?? false;
  if (was === is || !ownSeat(after)) return [];
  return [is ? 'microphone-held' : 'microphone-released'];
}

function ofMicrophone(after: RoomState): Announcement[] {
  switch (after.microphone) {
    case 'off':
    case 'asking':
      return [];
    case 'open':
      return ['microphone-open'];
    case 'muted':
      return ['microphone-muted'];
    default:
      return ['microphone-trouble'];
  }
}
