import { expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { createWindow } from './window.ts';

test('as many as the limit in any stretch of the length', () => {
  const clock = createTestClock(0);
  const window = createWindow({ clock: clock.now, limit: 2, windowMs: 100, maxKeys: 9 });
  window.add('a');
  clock.advance(60);
  expect(window.waitMs('a')).toBe(0);
  window.add('a');
  expect(window.waitMs('a')).toBe(40);
  expect(window.waitMs('b')).toBe(0);
  clock.advance(39);
  expect(window.waitMs('a')).toBe(1);
  clock.advance(1);
  expect(window.waitMs('a')).toBe(0);
  window.add('a');
  expect(window.waitMs('a')).toBe(60);
});

test('whoever was seen longest ago is forgotten first', () => {
  const window = createWindow({ clock: () => 0, limit: 1, windowMs: 100, maxKeys: 2 });
  for (const key of ['a', 'b', 'a', 'c']) window.add(key);
  expect(['a', 'b', 'c'].map((key) => window.waitMs(key))).toEqual([100, 0, 100]);
});
