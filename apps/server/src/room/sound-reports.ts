import type { RoomId, SoundReport } from '@salotto/contract';
import type { Rule } from '../account/window.ts';
import { DomainError } from '../errors.ts';
import type { Asking } from './asking.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import { requireOnStage } from './policy.ts';
import * as store from './store.ts';

const SOUND_REPORTS: Rule = { name: 'room.sound', limit: 30, windowMs: 60_000, maxKeys: 20_000 };

/** What is said of somebody's sound: by their own device, and by the mixer. */
export function createSoundReports(options: Pick<RoomServiceOptions, 'windows' | 'sounds'>, asking: Asking) {
  const { sounds, windows } = options;
  const { requireRow, requirePlace } = asking;
  return {
    /** What somebody's own device says of its sound: kept in memory, never written down. */
    async reportSound(roomId: RoomId, asker: Asker, { state, music }: SoundReport): Promise<void> {
      const { id } = await requirePlace(roomId, asker.accountId);
      const room = store.toState(await requireRow(roomId), []);
      requireOnStage(room, { participationId: id, accountId: asker.accountId });
      const waitMs = await windows.take([{ rule: SOUND_REPORTS, key: id }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      sounds.report(roomId, id, { state, music });
    },

    /** What the mixer hears; not for people to say. Kept in memory, never written down. */
    reportEcho: (roomId: string, participationId: string, echoes: boolean) =>
      sounds.reportEcho(roomId, participationId, echoes),
  };
}
