import type { HandOrder } from './room.ts';

/** What an order looks at: everything of it stays as it is while the hand is up. */
export type QueuedHand = {
  participationId: string;
  raisedAt: number;
  /** Measured speaking time in this room, when the hand was raised. */
  spokenMs: number;
  onStageBefore: boolean;
  person: { id: string; organisation: string | null };
};

/**
 * The order in which raised hands are called: every hand once, ties by waiting time and then by id, so that server and
 * screens give the same. `visits` counts by `organisationKey` how often its people came on stage as speakers.
 */
export function orderHands<Queued extends QueuedHand>(options: {
  policy: HandOrder;
  hands: readonly Queued[];
  visits: Readonly<Record<string, number>>;
}): Queued[] {
  const waiting = [...options.hands].sort(byWaiting);
  const rank = ranking(options.policy, waiting, options.visits);
  return waiting
    .map((hand) => ({ hand, rank: rank(hand) }))
    .sort((a, b) => a.rank - b.rank || byWaiting(a.hand, b.hand))
    .map(({ hand }) => hand);
}

/** People of one organisation share a key, however they write it; whoever names none stands for themselves. */
export function organisationKey(person: { id: string; organisation: string | null }): string {
  const name = person.organisation?.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
  return name ? `organisation ${name}` : `person ${person.id}`;
}

const byWaiting = (a: QueuedHand, b: QueuedHand) =>
  a.raisedAt - b.raisedAt || (a.participationId < b.participationId ? -1 : 1);

/** Lower is earlier. */
function ranking(
  policy: HandOrder,
  waiting: readonly QueuedHand[],
  visits: Readonly<Record<string, number>>,
): (hand: QueuedHand) => number {
  switch (policy) {
    case 'first_come':
      return () => 0;
    case 'fewest_minutes':
      return (hand) => hand.spokenMs;
    case 'first_timers':
      return (hand) => Number(hand.onStageBefore);
    case 'alternate_organisations':
      return roundRobin(waiting, visits);
    default: {
      const unknown: never = policy;
      return unknown;
    }
  }
}

/** The n-th hand of an organisation that came on stage m times waits for round m + n. */
function roundRobin(waiting: readonly QueuedHand[], visits: Readonly<Record<string, number>>) {
  const taken = new Map<string, number>();
  const rounds = new Map<string, number>();
  for (const { person, participationId } of waiting) {
    const key = organisationKey(person);
    const round = taken.get(key) ?? visitsOf(visits, key);
    rounds.set(participationId, round);
    taken.set(key, round + 1);
  }
  return (hand: QueuedHand) => rounds.get(hand.participationId) ?? 0;
}

/** How often this organisation, or this person without one, came on stage. */
export const visitsOf = (visits: Readonly<Record<string, number>>, key: string): number =>
  Object.hasOwn(visits, key) ? (visits[key] ?? 0) : 0;
