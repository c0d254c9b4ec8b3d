import { type AccountId, BLOCKED_BY_SEVERAL } from '@salotto/contract';
import type { Clock } from '../clock.ts';

/** Follows younger than this don't count: nobody finds out who it was by following one more and looking again. */
export const FOLLOWED_FOR_MS = 86_400_000;
/** An answer stands for this long, so that it does not tell the moment of a block either. */
export const MARK_KEPT_MS = 3_600_000;
const KEPT_MOST = 10_000;

/** Below the threshold nothing is said at all. */
export const isMarked = (blockers: number): boolean => blockers >= BLOCKED_BY_SEVERAL;

/** Whether several of those whom somebody follows blocked a person; asked of the database once an hour. */
export function createMarks(options: {
  clock: Clock;
  /** How many of those whom the viewer followed before that time blocked the person, counted up to the limit. */
  count(asked: { viewerId: AccountId; accountId: AccountId; before: Date; limit: number }): Promise<number>;
}) {
  const { clock, count } = options;
  const kept = new Map<string, { marked: boolean; until: number }>();

  return async function mark(viewerId: AccountId, accountId: AccountId): Promise<boolean> {
    if (viewerId === accountId) return false;
    const key = `${viewerId} ${accountId}`;
    const now = clock();
    const known = kept.get(key);
    if (known && known.until > now) return known.marked;
    const before = new Date(now - FOLLOWED_FOR_MS);
    const marked = isMarked(await count({ viewerId, accountId, before, limit: BLOCKED_BY_SEVERAL }));
    // The oldest answer goes first.
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_MOST && oldest !== undefined) kept.delete(oldest);
    kept.set(key, { marked, until: now + MARK_KEPT_MS });
    return marked;
  };
}
