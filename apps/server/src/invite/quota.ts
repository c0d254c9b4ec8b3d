import type { InviteQuota, QuotaPart } from '@salotto/contract';

/**
 * The rule, whole: everybody begins with `start` invites. For each person whom they brought and who is still here after
 * `stayedAfterMs` they get `stayed` more; for each who was removed they lose `removed`. Nobody has more than `most` in
 * all. Those that were used are gone; those in invites that still open are not there to be given a second time.
 */
export const QUOTA_RULE = { start: 3, stayed: 1, stayedAfterMs: 30 * 86_400_000, removed: 2, most: 50 } as const;

/** What the rule looks at: numbers of people, but for `extra`, `came` and `open`, which are invites. */
export type QuotaFacts = {
  /** Given, or taken, by an administrator. */
  extra: number;
  stayed: number;
  removed: number;
  came: number;
  open: number;
  review: boolean;
};

/** What somebody may still invite, and what that is made of. */
export function quotaOf(facts: QuotaFacts): InviteQuota {
  const { extra, stayed, removed, came, open, review } = facts;
  const parts: QuotaPart[] = [
    { kind: 'start', people: 0, invites: QUOTA_RULE.start },
    { kind: 'granted', people: 0, invites: extra },
    { kind: 'stayed', people: stayed, invites: stayed * QUOTA_RULE.stayed },
    { kind: 'removed', people: removed, invites: -removed * QUOTA_RULE.removed },
    { kind: 'came', people: came, invites: -came },
    { kind: 'open', people: 0, invites: -open },
  ];
  const earned = Math.min(QUOTA_RULE.most, sum(parts.slice(0, 4)));
  const left = Math.max(0, earned - came - open);
  return {
    left: review ? 0 : left,
    review,
    parts: parts.filter((part) => part.invites !== 0 || part.kind === 'start'),
  };
}

const sum = (parts: readonly QuotaPart[]) => parts.reduce((total, part) => total + part.invites, 0);
