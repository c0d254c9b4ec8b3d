import { expect, it } from 'vitest';
import { untilWords } from './until.ts';

const nowMs = Date.UTC(2026, 2, 4, 9, 0);
const words = (atMs: number, locale = 'en-GB') => untilWords({ atMs, nowMs, locale, timeZone: 'UTC' });

it('says the time alone for today', () => {
  expect(words(Date.UTC(2026, 2, 4, 18, 5))).toBe('18:05');
});

it('says the day with it for later days', () => {
  const tomorrow = words(Date.UTC(2026, 2, 5, 9, 0));
  expect(tomorrow).toContain('Thursday');
  expect(tomorrow).toContain('5 March');
  expect(tomorrow).toContain('9:00');
});
