import type { MediaPlane } from '../media/media-plane.ts';
import type { Publisher } from '../realtime/publisher.ts';
import { maySend } from './policy.ts';
import type { Committed } from './runner.ts';
import type { LoggedUpdate, RoomState } from './state.ts';

/**
 * What follows a commit: tabs are told to look, open streams that lost their right end, and the stage plane is brought
 * in line. All of it may be lost and is repaired by time: the log, the reconciler and re-authorisation.
 */
export function createRoomEffects(options: {
  publisher: Publisher;
  plane: MediaPlane;
  /** Ask the grant reconciler to look at a room now. */
  hint(roomId: string): void;
  onFailed(error: unknown): void;
}): (committed: Committed) => void {
  const { publisher, plane, hint, onFailed } = options;
  return ({ roomId, before, after, updates, accounts }) => {
    publisher.publish({ kind: 'room.updated', roomId, seq: after.seq });
    for (const accountId of accounts) publisher.publish({ kind: 'person.changed', accountId });
    for (const update of updates) {
      if (update.kind === 'person.removed') {
        publisher.publish({ kind: 'revoked', participationId: update.participationId });
      }
      if (update.kind === 'room.changed' && (update.settings.visibility ?? 'open') !== 'open') {
        publisher.publish({ kind: 'hallway.changed', roomId, narrowed: true });
      }
      if (update.kind === 'knock.answered') publisher.publish({ kind: 'person.changed', accountId: update.accountId });
      if (silences(update)) {
        plane.mute({ roomId, identity: update.participationId }).catch(onFailed);
      }
      if (update.kind === 'room.ended') plane.closeRoom(roomId).catch(onFailed);
    }
    if (updates.some(movesLobby)) publisher.publish({ kind: 'lobby.changed', roomId });
    const gone = updates.some((update) => update.kind === 'person.removed');
    if (after.status === 'live' && (gone || grantsOf(before) !== grantsOf(after))) hint(roomId);
  };
}

/** Somebody was answered, there is another moderator, or the door was locked. */
const movesLobby = ({ kind }: LoggedUpdate): boolean =>
  kind === 'knock.answered' || kind === 'room.changed' || kind === 'role.changed';

/** Somebody else closed this microphone: the quickest way to silence comes before the grant is taken. */
function silences(update: LoggedUpdate): update is LoggedUpdate & { participationId: string } {
  if (update.kind === 'seat.held') return true;
  return update.kind === 'microphone.changed' && update.muted && update.actor !== update.participationId;
}

/** Who is on stage and who of them may send, as something to compare. */
const grantsOf = (room: RoomState): string =>
  room.stage
    .map((seat) => `${seat.participationId} ${maySend(seat)}`)
    .sort()
    .join();
