const FIRST_MS = 500;
const MOST_MS = 15_000;

/** Milliseconds to wait before try number `attempt` (0 first): doubling, capped, and half of it by chance. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
