import { REACTIONS, REACTIONS_PER_SECOND, type Reaction, type ReactionCounts } from '@salotto/contract';

/** Taps that came here are told to the other processes together. */
const GATHER_MS = 100;
const BURST_EVERY_MS = 1_000;
/** People whose taps of this second are known; more than that tap in vain. */
const MAX_PEOPLE = 50_000;

/**
 * Taps of a room become one burst a second, whatever the size of the audience: counted in memory, never kept, never
 * logged. `publish` tells every process, this one too, which hears it by `heard`; `deliver` is called with what all of
 * them counted.
 */
export function createReactions(options: {
  publish(roomId: string, counts: ReactionCounts): void;
  deliver(roomId: string, counts: ReactionCounts): void;
  /** Milliseconds of a steady clock. */
  now?: () => number;
}) {
  const { publish, deliver, now = () => performance.now() } = options;
  const people = new Map<string, { since: number; taps: number }>();
  const tapped = createPile(GATHER_MS, publish);
  const bursts = createPile(BURST_EVERY_MS, deliver);

  /** How many of `wanted` taps this person has left in this second. */
  function allowed(accountId: string, wanted: number): number {
    const at = now();
    let person = people.get(accountId);
    if (!person || at - person.since >= 1_000) {
      if (people.size >= MAX_PEOPLE) forgetOld(at);
      if (people.size >= MAX_PEOPLE) return 0;
      person = { since: at, taps: 0 };
      people.set(accountId, person);
    }
    const taps = Math.min(wanted, REACTIONS_PER_SECOND - person.taps);
    person.taps += taps;
    return taps;
  }

  function forgetOld(at: number): void {
    for (const [id, { since }] of people) if (at - since >= 1_000) people.delete(id);
  }

  return {
    tap(roomId: string, accountId: string, taps: readonly Reaction[]): void {
      const counts: ReactionCounts = {};
      for (const tap of taps.slice(0, allowed(accountId, taps.length))) counts[tap] = (counts[tap] ?? 0) + 1;
      tapped.add(roomId, counts);
    },
    /** What some process counted. */
    heard: (roomId: string, counts: ReactionCounts) => bursts.add(roomId, counts),
    close(): void {
      tapped.close();
      bursts.close();
    },
  };
}

/** Adds up counts by room and gives them away at most every `everyMs`, at once where nothing was given lately. */
function createPile(everyMs: number, give: (roomId: string, counts: ReactionCounts) => void) {
  const piles = new Map<string, { counts: ReactionCounts; timer: NodeJS.Timeout }>();

  function flush(roomId: string): void {
    const pile = piles.get(roomId);
    piles.delete(roomId);
    if (!pile || Object.keys(pile.counts).length === 0) return;
    open(roomId);
    give(roomId, pile.counts);
  }

  function open(roomId: string): { counts: ReactionCounts; timer: NodeJS.Timeout } {
    const timer = setTimeout(() => flush(roomId), everyMs);
    timer.unref();
    const pile = { counts: {}, timer };
    piles.set(roomId, pile);
    return pile;
  }

  return {
    add(roomId: string, counts: ReactionCounts): void {
      const isQuiet = !piles.has(roomId);
      const pile = piles.get(roomId) ?? open(roomId);
      for (const reaction of REACTIONS) {
        const more = counts[reaction];
        if (more) pile.counts[reaction] = (pile.counts[reaction] ?? 0) + more;
      }
      if (!isQuiet) return;
      clearTimeout(pile.timer);
      flush(roomId);
    },
    close(): void {
      for (const { timer } of piles.values()) clearTimeout(timer);
      piles.clear();
    },
  };
}
