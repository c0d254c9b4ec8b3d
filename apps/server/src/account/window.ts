import type { Clock } from '../clock.ts';

/** At most `limit` in any `windowMs`, per key. `name` is the rule's own, `maxKeys` bounds what is kept of it in memory. */
export type Rule = { name: string; limit: number; windowMs: number; maxKeys: number };

export type WindowStore = {
  /**
   * Counts each use under its rule and gives 0; where one does not fit, counts nothing and gives the milliseconds to wait.
   */
  take(uses: readonly Use[]): Promise<number>;
};

/** `count` is how many at once: 1 where it is not given, and never more than the rule's limit. */
export type Use = { rule: Rule; key: string; count?: number };

/**
 * In the memory of one process. Beyond a rule's `maxKeys` the key that was used longest ago is forgotten, and may start
 * anew.
 */
export function createMemoryWindows(clock: Clock): WindowStore {
  const rules = new Map<string, Map<string, number[]>>();

  function recent({ name, windowMs }: Rule, key: string): number[] {
    const since = clock() - windowMs;
    return (rules.get(name)?.get(key) ?? []).filter((time) => time > since);
  }

  function waitMs({ rule, key, count = 1 }: Use): number {
    const used = recent(rule, key);
    // The newest of those that have to be over before these fit.
    const oldest = used[used.length - 1 - (rule.limit - count)];
    return oldest === undefined ? 0 : oldest + rule.windowMs - clock();
  }

  function add({ rule, key, count = 1 }: Use): void {
    const times = rules.get(rule.name) ?? new Map<string, number[]>();
    rules.set(rule.name, times);
    const used = [...recent(rule, key), ...Array<number>(count).fill(clock())].slice(-rule.limit);
    times.delete(key);
    times.set(key, used);
    if (times.size <= rule.maxKeys) return;
    const [eldest] = times.keys();
    if (eldest !== undefined) times.delete(eldest);
  }

  return {
    async take(uses) {
      const wait = Math.max(0, ...uses.map(waitMs));
      if (wait === 0) for (const use of uses) add(use);
      return wait;
    },
  };
}
