import type { Clock } from '../clock.ts';

const WINDOW_MS = 10_000;
/** A person's reconnects are a few; each also asks once why it was refused. */
const TRIES_IN_WINDOW = 60;

/** How often one participation knocks: every try costs the database and LiveKit something. Forgets after each window. */
export function createRtcTries(clock: Clock) {
  const tries = new Map<string, number>();
  let windowFrom = clock();

  return function mayTry(participationId: string): boolean {
    const now = clock();
    if (now - windowFrom >= WINDOW_MS || now < windowFrom) {
      tries.clear();
      windowFrom = now;
    }
    const count = (tries.get(participationId) ?? 0) + 1;
    tries.set(participationId, count);
    return count <= TRIES_IN_WINDOW;
  };
}
