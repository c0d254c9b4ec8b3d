/** Somebody counts as here this long after the last sign of them. */
export const PRESENT_MS = 30_000;
/** Signs older than this are forgotten: whoever asks is told of silence since the start, which is longer still. */
const FORGET_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 60_000;

export type Sign = { roomId: string; participationId: string; accountId: string | null };

export type Presence = {
  /** A sign of somebody: an open updates socket, a connection on the stage plane. */
  seen(sign: Sign): void;
  gone(roomId: string, participationId: string): void;
  /** Null while this process has not watched long enough to conclude anything from silence. */
  lastSeen(roomId: string, participationId: string): number | null;
  present(roomId: string): { participationId: string; accountId: string }[];
  close(): void;
};

type Known = { accountId: string | null; at: number; ownAt: number };

/** What is known of who is here: never in the log, never in the database. `ownAt` is the last sign that came to this process. */
export function createPresenceTable(clock: () => number) {
  const rooms = new Map<string, Map<string, Known>>();
  let sweptAt = clock();

  function sweep(): void {
    const now = clock();
    if (now - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = now;
    for (const [roomId, people] of rooms) {
      for (const [id, { at }] of people) if (now - at > FORGET_MS) people.delete(id);
      if (people.size === 0) rooms.delete(roomId);
    }
  }

  return {
    /** True when nobody knew that this person is here. */
    note(sign: Sign, options: { at: number; own: boolean }): boolean {
      const { at, own } = options;
      sweep();
      let people = rooms.get(sign.roomId);
      if (!people) {
        people = new Map();
        rooms.set(sign.roomId, people);
      }
      const before = people.get(sign.participationId);
      const accountId = sign.accountId ?? before?.accountId ?? null;
      people.set(sign.participationId, {
        accountId,
        at: Math.max(at, before?.at ?? at),
        ownAt: own ? at : (before?.ownAt ?? Number.NEGATIVE_INFINITY),
      });
      const wasHere = before !== undefined && before.accountId !== null && at - before.at <= PRESENT_MS;
      return accountId !== null && !wasHere;
    },
    forget(roomId: string, participationId: string): void {
      const people = rooms.get(roomId);
      people?.delete(participationId);
      if (people?.size === 0) rooms.delete(roomId);
    },
    at: (roomId: string, participationId: string): number | undefined => rooms.get(roomId)?.get(participationId)?.at,
    present(roomId: string): { participationId: string; accountId: string }[] {
      const now = clock();
      const here: { participationId: string; accountId: string }[] = [];
      for (const [participationId, { accountId, at }] of rooms.get(roomId) ?? []) {
        if (accountId !== null && now - at <= PRESENT_MS) here.push({ participationId, accountId });
      }
      return here;
    },
    /** Signs that came to this process itself and still count, by room. */
    own(): Map<string, { participationId: string; accountId: string; ageMs: number }[]> {
      const now = clock();
      const found = new Map<string, { participationId: string; accountId: string; ageMs: number }[]>();
      for (const [roomId, people] of rooms) {
        const mine = [...people].flatMap(([participationId, { accountId, ownAt }]) =>
          accountId !== null && now - ownAt <= PRESENT_MS ? [{ participationId, accountId, ageMs: now - ownAt }] : [],
        );
        if (mine.length > 0) found.set(roomId, mine);
      }
      return found;
    },
  };
}

/**
 * Presence of a server that is one process. A process that just started knows nothing, so that a restart takes nobody's
 * seat: silence counts only from `PRESENT_MS` after the start.
 */
export function createPresence(clock: () => number): Presence {
  const startedAt = clock();
  const table = createPresenceTable(clock);
  return {
    seen: (sign) => void table.note(sign, { at: clock(), own: true }),
    gone: table.forget,
    lastSeen(roomId, participationId) {
      const seen = table.at(roomId, participationId);
      if (seen !== undefined) return seen;
      return clock() - startedAt < PRESENT_MS ? null : startedAt;
    },
    present: table.present,
    close() {},
  };
}
