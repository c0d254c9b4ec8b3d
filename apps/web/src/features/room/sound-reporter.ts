import { SOUND_REPORT_RENEW_MS, type SoundReport } from '@salotto/contract';

import type { Timers } from '../../media/timers.ts';

/** Changes that follow one another faster become one. */
const SPACING_MS = 3_000;

const plain: SoundReport = { state: 'ok', music: false };
const same = (a: SoundReport, b: SoundReport) => a.state === b.state && a.music === b.music;

/** Tells the room how one's own sound is: at every change, and again and again while it is out of the ordinary. */
export function createSoundReporter(options: { tell(report: SoundReport): Promise<unknown>; timers: Timers }) {
  const { timers } = options;
  let now = plain;
  let told = plain;
  let toldMs = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;

  function later(delayMs: number) {
    cancel?.();
    cancel = timers.after(delayMs, () => {
      cancel = null;
      tell();
    });
  }

  function tell() {
    told = now;
    toldMs = timers.nowMs();
    // One that is lost is made up for by the next.
    options.tell(now).catch(() => undefined);
    if (!same(now, plain)) later(SOUND_REPORT_RENEW_MS);
  }

  return {
    set(next: SoundReport) {
      if (same(next, now)) return;
      now = next;
      if (same(now, told) && same(now, plain)) {
        cancel?.();
        cancel = null;
        return;
      }
      later(Math.max(0, toldMs + SPACING_MS - timers.nowMs()));
    },
    /** Off the stage: the server forgets by itself. */
    stop() {
      cancel?.();
      cancel = null;
      now = plain;
      told = plain;
    },
  };
}
