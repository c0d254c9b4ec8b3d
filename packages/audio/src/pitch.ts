import type { Samples } from './samples.ts';

/** How voiced a piece of sound is, 0 to 1, and the lag in samples at which it repeats itself; 0 where nowhere. */
export type Pitch = { voicing: number; lag: number };

/**
 * The strongest repetition within the window at lags of a human voice, by normalised autocorrelation. Only a true peak
 * counts: what merely dies away, as a click does, has none.
 */
export function findPitch(window: Samples, lags: { from: number; to: number }): Pitch {
  let best: Pitch = { voicing: 0, lag: 0 };
  let before = likeness(window, lags.from - 1);
  let here = likeness(window, lags.from);
  for (let lag = lags.from; lag <= lags.to; lag++) {
    const after = likeness(window, lag + 1);
    if (here > best.voicing && here >= before && here >= after) best = { voicing: here, lag };
    before = here;
    here = after;
  }
  return best;
}

function likeness(window: Samples, lag: number): number {
  const length = window.length - lag;
  let product = 0;
  let early = 0;
  let late = 0;
  for (let i = 0; i < length; i++) {
    const a = window[i] as number;
    const b = window[i + lag] as number;
    product += a * b;
    early += a * a;
    late += b * b;
  }
  return early > 0 && late > 0 ? product / Math.sqrt(early * late) : 0;
}
