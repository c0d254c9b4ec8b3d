/** Somebody counts as here this long after the last sign of them. */
export const PRESENT_MS = 30_000;

export type Presence = {
  /** A sign of somebody: an open updates socket, a connection on the stage plane. */
  seen(options: { roomId: string; participationId: string; accountId: string | null }): void;
  gone(roomId: string, participationId: string): void;
  /** Null while this process has not watched long enough to conclude anything from silence. */
  lastSeen(roomId: string, participationId: string): number | null;
  present(roomId: string): { participationId: string; accountId: string }[];
  forgetRoom(roomId: string): void;
};

/**
 * Who is here, in memory: never in the log, never in the database. A process that just started knows nothing, so that a
 * restart takes nobody's seat: silence counts only from `PRESENT_MS` after the start.
 */
export function createPresence(clock: () => number): Presence {
  const startedAt = clock();
  const rooms = new Map<string, Map<string, { accountId: string | null; at: number }>>();

  return {
    seen({ roomId, participationId, accountId }) {
      let people = rooms.get(roomId);
      if (!people) {
        people = new Map();
        rooms.set(roomId, people);
      }
      const before = people.get(participationId);
      people.set(participationId, { accountId: accountId ?? before?.accountId ?? null, at: clock() });
    },
    gone(roomId, participationId) {
      const people = rooms.get(roomId);
      people?.delete(participationId);
      if (people?.size === 0) rooms.delete(roomId);
    },
    lastSeen(roomId, participationId) {
      const seen = rooms.get(roomId)?.get(participationId);
      if (seen) return seen.at;
      return clock() - startedAt < PRESENT_MS ? null : startedAt;
    },
    present(roomId) {
      const now = clock();
      const here: { participationId: string; accountId: string }[] = [];
      for (const [participationId, { accountId, at }] of rooms.get(roomId) ?? []) {
        if (accountId !== null && now - at <= PRESENT_MS) here.push({ participationId, accountId });
      }
      return here;
    },
    forgetRoom(roomId) {
      rooms.delete(roomId);
    },
  };
}
