import type { RoomUpdate } from '@salotto/contract';
import type { Timers } from '../../media/timers.ts';

/** Opened, muted and opened again within this is a flash. */
const FLASH_MS = 1_500;
/** A flash that lies further back than this behind what came with it is old: it was missed, and stays so. */
const FRESH_MS = 3_000;
export const APPLAUSE_MS = 3_000;

type Change = { at: number; muted: boolean };

/**
 * Applause is a microphone that flashes: open, muted, open again by its own person within a moment. It is read from the
 * microphone's updates alone; nothing of it is kept.
 */
export function createApplause(options: { timers: Timers; onChange(applauding: ReadonlySet<string>): void }) {
  const { timers, onChange } = options;
  const changes = new Map<string, Change[]>();
  const endings = new Map<string, () => void>();

  function applaud(participationId: string) {
    endings.get(participationId)?.();
    endings.set(
      participationId,
      timers.after(APPLAUSE_MS, () => end(participationId)),
    );
    onChange(new Set(endings.keys()));
  }

  function end(participationId: string) {
    endings.get(participationId)?.();
    if (endings.delete(participationId)) onChange(new Set(endings.keys()));
  }

  return {
    /** Takes what is new in the room, in order. */
    take(applied: readonly RoomUpdate[]) {
      const newest = applied.at(-1)?.at ?? 0;
      for (const update of applied) {
        if (update.kind === 'stage.left' || update.kind === 'room.ended') {
          if (update.kind === 'stage.left') changes.delete(update.participationId);
          else changes.clear();
        }
        if (update.kind !== 'microphone.changed') continue;
        const { participationId, at, muted, actor } = update;
        // Whoever is muted by somebody else does not applaud.
        const last = actor === participationId ? (changes.get(participationId) ?? []) : [];
        const three = [...last, { at, muted }].slice(-3);
        changes.set(participationId, three);
        if (isFlash(three) && newest - at <= FRESH_MS) applaud(participationId);
      }
    },
    close() {
      for (const stop of endings.values()) stop();
      endings.clear();
      changes.clear();
    },
  };
}

function isFlash([first, , third]: readonly Change[]): boolean {
  return first !== undefined && third !== undefined && !first.muted && !third.muted && third.at - first.at <= FLASH_MS;
}
