const FIRST_MS = 500;
const MOST_MS = 15_000;

/** Milliseconds to wait before try number `attempt` (0 first): doubling, capped, and half of it by chance. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

const LONGEST_SPREAD_MS = 30_000;

/**
 * Milliseconds to wait when a server that restarts says over how many ms its clients should come back: at a moment of
 * chance, so that they do not all come at once. Without a number it is a first try.
 */
export function spreadMs(reason: string, random: () => number): number {
  const spread = /^\d{1,6}$/.test(reason) ? Math.min(LONGEST_SPREAD_MS, Number(reason)) : null;
  return spread === null ? backoffMs(0, random) : Math.round(FIRST_MS / 2 + random() * spread);
}
