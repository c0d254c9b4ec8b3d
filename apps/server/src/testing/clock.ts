import type { Clock } from '../clock.ts';

/** A clock that stands still until it is moved. Starts at the real time: libraries look at that one. */
export function createTestClock(startMs = Date.now()): { now: Clock; advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}
