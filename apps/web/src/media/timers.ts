/** Time, injected so that tests decide it. `after` returns what cancels it. */
export type Timers = {
  nowMs(): number;
  after(delayMs: number, run: () => void): () => void;
};

export const browserTimers: Timers = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
};
