/** One stretch of speech; milliseconds since 1970. */
export type Spoken = { participationId: string; accountId: string; from: number; to: number };

export type Turn = { participationId: string; accountId: string; since: number };

/** Reports come every two seconds: who was heard this long ago may be speaking still. */
const STILL_SPEAKING_MS = 5_000;
/** A pause for breath or thought, which ends no turn. */
const PAUSE_MS = 3_000;
/** Who has the word is who said most of the last seconds: an "exactly" of somebody else's takes it from nobody. */
const LOOKED_AT_MS = 10_000;

/** Who has the word now, and since when; null where nobody was heard for a while. */
export function turnOf(spoken: readonly Spoken[], now: number): Turn | null {
  const byPerson = Map.groupBy(spoken, (one) => one.participationId);
  let turn: Turn | null = null;
  let most = 0;
  for (const [participationId, intervals] of byPerson) {
    const newestFirst = intervals.toSorted((a, b) => b.to - a.to);
    const [newest] = newestFirst;
    if (!newest || newest.to < now - STILL_SPEAKING_MS) continue;
    const lately = sum(newestFirst.map(({ from, to }) => Math.max(0, to - Math.max(from, now - LOOKED_AT_MS))));
    if (lately <= most) continue;
    most = lately;
    turn = { participationId, accountId: newest.accountId, since: beginningOf(newestFirst) };
  }
  return turn;
}

function beginningOf(newestFirst: readonly Spoken[]): number {
  let since = Number.POSITIVE_INFINITY;
  for (const { from, to } of newestFirst) {
    if (to < since - PAUSE_MS && Number.isFinite(since)) break;
    since = Math.min(since, from);
  }
  return since;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** An interval as it may be kept: within what its mixer can have heard. Null where nothing is left. */
export function bounded<Interval extends { from: number; to: number }>(
  interval: Interval,
  heard: { notBefore: number; now: number },
): Interval | null {
  const from = Math.max(interval.from, heard.notBefore);
  const to = Math.min(interval.to, heard.now);
  return to > from ? { ...interval, from, to } : null;
}
