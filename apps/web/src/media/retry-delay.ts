const FIRST_MS = 300;
const LONGEST_MS = 5_000;

/**
 * How long to wait before a try, in milliseconds: doubling from 0.3 s to 5 s, then spread by half so that many clients
 * do not come back in step.
 * @param attempt tries that failed so far
 * @param random a number in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const base = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(base * (0.5 + random / 2));
}
