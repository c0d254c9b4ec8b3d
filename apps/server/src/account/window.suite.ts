import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import type { Rule, WindowStore } from './window.ts';

/** What every store of sign-in limits does. */
export function windowSuite(make: (clock: () => number) => WindowStore): void {
  function start() {
    const clock = createTestClock(1_700_000_000_000);
    const rule = (limit: number, windowMs: number): Rule => ({ name: randomUUID(), limit, windowMs, maxKeys: 9 });
    return { clock, store: make(clock.now), rule };
  }

  test('as many as the limit in any stretch of the length', async () => {
    const { clock, store, rule } = start();
    const two = rule(2, 5_000);
    const take = (key: string) => store.take([{ rule: two, key }]);
    expect(await take('a')).toBe(0);
    clock.advance(3_000);
    expect(await take('a')).toBe(0);
    expect(await take('a')).toBe(2_000);
    expect(await take('b')).toBe(0);
    clock.advance(1_999);
    expect(await take('a')).toBe(1);
    clock.advance(1);
    expect(await take('a')).toBe(0);
    expect(await take('a')).toBe(3_000);
  });

  test('where one rule is full, none counts', async () => {
    const { clock, store, rule } = start();
    const [one, many] = [rule(1, 5_000), rule(2, 60_000)];
    const both = [
      { rule: one, key: 'a' },
      { rule: many, key: 'all' },
    ];
    expect(await store.take(both)).toBe(0);
    for (let n = 0; n < 3; n += 1) expect(await store.take(both)).toBe(5_000);
    clock.advance(5_000);
    expect(await store.take(both)).toBe(0);
    clock.advance(5_000);
    expect(await store.take(both)).toBe(50_000);
  });

  test('several at once count as so many, and only where all of them fit', async () => {
    const { clock, store, rule } = start();
    const five = rule(5, 5_000);
    const take = (count: number) => store.take([{ rule: five, key: 'a', count }]);
    expect(await take(3)).toBe(0);
    clock.advance(1_000);
    expect(await take(3)).toBe(4_000);
    expect(await take(2)).toBe(0);
    expect(await take(1)).toBe(4_000);
    clock.advance(4_000);
    expect(await take(4)).toBe(1_000);
    expect(await take(3)).toBe(0);
  });

  test('no rule, no limit', async () => {
    expect(await start().store.take([])).toBe(0);
  });
}
