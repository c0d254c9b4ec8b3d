import type { Timers } from './timers.ts';

/** Time that moves only when a test says so. */
export function createFakeTimers() {
  let nowMs = 0;
  const due = new Set<{ atMs: number; run: () => void }>();
  const timers: Timers = {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const entry = { atMs: nowMs + delayMs, run };
      due.add(entry);
      return () => {
        due.delete(entry);
      };
    },
  };

  function next(untilMs: number) {
    return [...due].filter((entry) => entry.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  }

  return {
    timers,
    waiting: () => due.size,
    /** Lets time pass, and everything that follows from it happen. */
    async pass(ms: number) {
      const untilMs = nowMs + ms;
      await settled();
      for (let entry = next(untilMs); entry; entry = next(untilMs)) {
        nowMs = Math.max(nowMs, entry.atMs);
        due.delete(entry);
        entry.run();
        await settled();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets promises that are ready run, and those that follow from them. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
