import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

describe('retryDelayMs', () => {
  it('doubles from 0.3 s and stays at 5 s', () => {
    const longest = [0, 1, 2, 3, 4, 5, 60].map((attempt) => retryDelayMs(attempt, 1));
    expect(longest).toEqual([300, 600, 1_200, 2_400, 4_800, 5_000, 5_000]);
  });

  it('is spread down to a half', () => {
    expect(retryDelayMs(5, 0)).toBe(2_500);
  });
});
