import type { Audience } from '@salotto/contract';

/** From this many listeners on, who is among them is a sample that may be a second old. */
const LARGE = 200;
const KEEP_MS = 1_000;
/** Rooms that have ended since are forgotten with the others. */
const KEPT_MOST = 1_000;

/**
 * The audience of each room, as `read` finds it. Of a small room always as of now; of a large one it is read once a second
 * for everybody who asks, since reading looks at every listener and everybody who comes asks for it.
 */
export function createAudiences(options: { read(roomId: string): Promise<Audience>; nowMs?: () => number }) {
  const { read, nowMs = () => performance.now() } = options;
  const kept = new Map<string, { audience: Promise<Audience>; untilMs: number }>();

  function keep(roomId: string, audience: Promise<Audience>): void {
    if (kept.size >= KEPT_MOST) kept.clear();
    kept.set(roomId, { audience, untilMs: nowMs() + KEEP_MS });
  }

  return function audience(roomId: string): Promise<Audience> {
    const before = kept.get(roomId);
    if (before && nowMs() < before.untilMs) return before.audience;
    const reading = read(roomId);
    reading.then(
      (found) => {
        if (found.listening >= LARGE) keep(roomId, reading);
        else kept.delete(roomId);
      },
      () => kept.delete(roomId),
    );
    // Whoever asks while a large room is read anew shares the answer.
    if (before) keep(roomId, reading);
    return reading;
  };
}
