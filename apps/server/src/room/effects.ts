import type { MediaPlane } from '../media/media-plane.ts';
import type { Publisher } from '../realtime/publisher.ts';
import type { Committed } from './runner.ts';

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
  return ({ roomId, after, updates, accounts }) => {
    publisher.publish({ kind: 'room.updated', roomId, seq: after.seq });
    for (const accountId of accounts) publisher.publish({ kind: 'person.changed', accountId });
    for (const update of updates) {
      if (update.kind === 'person.removed') {
        publisher.publish({ kind: 'revoked', participationId: update.participationId });
      }
      if (update.kind === 'microphone.changed' && update.muted && update.actor !== update.participationId) {
        plane.mute({ roomId, identity: update.participationId }).catch(onFailed);
      }
      if (update.kind === 'room.ended') plane.closeRoom(roomId).catch(onFailed);
    }
    if (after.status === 'live' && updates.some((update) => CHANGES_GRANTS.has(update.kind))) hint(roomId);
  };
}

const CHANGES_GRANTS: ReadonlySet<string> = new Set(['stage.joined', 'stage.left', 'person.removed']);
