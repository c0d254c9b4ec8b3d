import type { Clock } from '../clock.ts';

export type Window = {
  /** Milliseconds until one more is allowed; 0 when it is now. */
  waitMs(key: string): number;
  add(key: string): void;
};

/**
 * At most `limit` in any `windowMs`, per key, in memory. At most `maxKeys` keys: beyond that the one that was used
 * longest ago is forgotten, and may start anew.
 */
export function createWindow(options: { clock: Clock; limit: number; windowMs: number; maxKeys: number }): Window {
  const { clock, limit, windowMs, maxKeys } = options;
  const times = new Map<string, number[]>();

  function recent(key: string): number[] {
    const since = clock() - windowMs;
    return (times.get(key) ?? []).filter((time) => time > since);
  }

  return {
    waitMs(key) {
      const used = recent(key);
      const oldest = used[used.length - limit];
      return oldest === undefined ? 0 : oldest + windowMs - clock();
    },
    add(key) {
      const used = [...recent(key), clock()].slice(-limit);
      times.delete(key);
      times.set(key, used);
      if (times.size <= maxKeys) return;
      const [eldest] = times.keys();
      if (eldest !== undefined) times.delete(eldest);
    },
  };
}
