import type { Clock } from '../clock.ts';

/** At most `limit` in any `windowMs`, per key. `name` is the rule's own, `maxKeys` bounds what is kept of it in memory. */
export type Rule = { name: string; limit: number; windowMs: number; maxKeys: number };

export type WindowStore = {
  /** Counts one more under every rule and gives 0; where one is full, counts nothing and gives the milliseconds to wait. */
  take(uses: readonly { rule: Rule; key: string }[]): Promise<number>;
};

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

  function waitMs(rule: Rule, key: string): number {
    const used = recent(rule, key);
    const oldest = used[used.length - rule.limit];
    return oldest === undefined ? 0 : oldest + rule.windowMs - clock();
  }

  function add(rule: Rule, key: string): void {
    const times = rules.get(rule.name) ?? new Map<string, number[]>();
    rules.set(rule.name, times);
    const used = [...recent(rule, key), clock()].slice(-rule.limit);
    times.delete(key);
    times.set(key, used);
    if (times.size <= rule.maxKeys) return;
    const [eldest] = times.keys();
    if (eldest !== undefined) times.delete(eldest);
  }

  return {
    async take(uses) {
      const wait = Math.max(0, ...uses.map(({ rule, key }) => waitMs(rule, key)));
      if (wait === 0) for (const { rule, key } of uses) add(rule, key);
      return wait;
    },
  };
}
