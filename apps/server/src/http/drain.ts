import { setTimeout as sleep } from 'node:timers/promises';

/** What is under way when the server is told to stop gets this long. */
const FINISH_MS = 3_000;
const SHORTEST_SPREAD_MS = 500;
const LONGEST_SPREAD_MS = 10_000;
/** So many tabs may come back in a second. */
const TABS_PER_SECOND = 500;

export type Drain = ReturnType<typeof createDrain>;

/** Counts the calls that are under way, so that a server that was told to stop answers them and takes no new ones. */
export function createDrain() {
  let draining = false;
  let underWay = 0;
  let idle: (() => void) | null = null;

  return {
    isDraining: () => draining,

    async whileCounted<T>(work: () => Promise<T>): Promise<T> {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) idle?.();
      }
    },

    /** From now on nothing new is taken. */
    begin(): void {
      draining = true;
    },

    /** Resolves when nothing is under way any more, or after 3 s; to how many calls were not answered. */
    async finished(): Promise<number> {
      if (underWay > 0) {
        const nothingLeft = new Promise<void>((resolve) => {
          idle = resolve;
        });
        await Promise.race([nothingLeft, sleep(FINISH_MS, undefined, { ref: false })]);
      }
      return underWay;
    },
  };
}

/** Milliseconds over which that many tabs should come back. */
export function spreadMs(tabs: number): number {
  const wanted = (1_000 * tabs) / TABS_PER_SECOND;
  return Math.round(Math.min(LONGEST_SPREAD_MS, Math.max(SHORTEST_SPREAD_MS, wanted)));
}
