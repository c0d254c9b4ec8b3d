import { HandOrder, orderHands, organisationKey, type QueuedHand } from '@salotto/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const policies = fc.constantFrom(...HandOrder.options);

const hand: fc.Arbitrary<QueuedHand> = fc.record({
  participationId: fc.uuid(),
  raisedAt: fc.integer({ min: 0, max: 20 }),
  spokenMs: fc.integer({ min: 0, max: 5 }),
  onStageBefore: fc.boolean(),
  person: fc.record({
    id: fc.uuid(),
    organisation: fc.constantFrom(null, '', 'City library', ' city  LIBRARY', 'Radio', '__proto__'),
  }),
});
const hands = fc.uniqueArray(hand, { selector: (one) => one.participationId, maxLength: 40 });
const visits = fc.dictionary(
  fc.constantFrom('organisation city library', 'organisation radio'),
  fc.integer({ min: 0, max: 4 }),
);

const ids = (queue: readonly QueuedHand[]) => queue.map(({ participationId }) => participationId);

function build(name: string, overrides: Partial<QueuedHand> & { organisation?: string } = {}): QueuedHand {
  const { organisation = null, ...rest } = overrides;
  return {
    ...{ participationId: name, raisedAt: 0, spokenMs: 0, onStageBefore: false },
    ...{ person: { id: name, organisation }, ...rest },
  };
}

describe('an order of hands, whatever the hands', () => {
  it('has every hand exactly once', () => {
    fc.assert(
      fc.property(policies, hands, visits, (policy, queue, taken) => {
        expect(ids(orderHands({ policy, hands: queue, visits: taken })).sort()).toEqual(ids(queue).sort());
      }),
    );
  });

  it('is the same for the same hands in any sequence', () => {
    fc.assert(
      fc.property(policies, hands, visits, fc.func(fc.integer()), (policy, queue, taken, chance) => {
        const shuffled = [...queue].sort((a, b) => chance(a.participationId) - chance(b.participationId));
        const order = (some: QueuedHand[]) => ids(orderHands({ policy, hands: some, visits: taken }));
        expect(order(shuffled)).toEqual(order(queue));
      }),
    );
  });

  it('does not change what it is given, and ordering again changes nothing', () => {
    fc.assert(
      fc.property(policies, hands, visits, (policy, queue, taken) => {
        const before = structuredClone(queue);
        const once = orderHands({ policy, hands: queue, visits: taken });
        expect(queue).toEqual(before);
        expect(orderHands({ policy, hands: once, visits: taken })).toEqual(once);
      }),
    );
  });

  it('lets nobody of an organisation overtake another of it who waits longer', () => {
    fc.assert(
      fc.property(hands, visits, (queue, taken) => {
        const order = orderHands({ policy: 'alternate_organisations', hands: queue, visits: taken });
        const latest = new Map<string, number>();
        for (const one of order) {
          const key = organisationKey(one.person);
          expect(one.raisedAt).toBeGreaterThanOrEqual(latest.get(key) ?? 0);
          latest.set(key, one.raisedAt);
        }
      }),
    );
  });

  it('takes the others as they were when the first is called: nobody who stays is overtaken', () => {
    fc.assert(
      fc.property(policies, hands, visits, (policy, queue, taken) => {
        const [first, ...rest] = orderHands({ policy, hands: queue, visits: taken });
        if (!first) return;
        const key = organisationKey(first.person);
        const now = { ...taken, [key]: (taken[key] ?? 0) + 1 };
        expect(ids(orderHands({ policy, hands: rest, visits: now }))).toEqual(ids(rest));
      }),
    );
  });
});

describe('who is called first', () => {
  it('first come: who waits longest', () => {
    const queue = [build('late', { raisedAt: 9 }), build('early', { raisedAt: 1 })];
    expect(ids(orderHands({ policy: 'first_come', hands: queue, visits: {} }))).toEqual(['early', 'late']);
  });

  it('fewest minutes: who spoke least, then who waits longest', () => {
    const queue = [
      build('talker', { raisedAt: 1, spokenMs: 90_000 }),
      build('quiet', { raisedAt: 8, spokenMs: 40_000 }),
      build('silent', { raisedAt: 9 }),
      build('silent too', { raisedAt: 7 }),
    ];
    const order = orderHands({ policy: 'fewest_minutes', hands: queue, visits: {} });
    expect(ids(order)).toEqual(['silent too', 'silent', 'quiet', 'talker']);
  });

  it('first-timers: who was not on stage yet', () => {
    const queue = [build('again', { raisedAt: 1, onStageBefore: true }), build('new', { raisedAt: 9 })];
    expect(ids(orderHands({ policy: 'first_timers', hands: queue, visits: {} }))).toEqual(['new', 'again']);
  });

  it('organisations in turn: those without one each for themselves, and visits already taken count', () => {
    const queue = [
      build('library 1', { raisedAt: 1, organisation: 'City library' }),
      build('library 2', { raisedAt: 2, organisation: 'city  library ' }),
      build('radio 1', { raisedAt: 3, organisation: 'Radio' }),
      build('alone', { raisedAt: 4 }),
      build('alone too', { raisedAt: 5 }),
      build('radio 2', { raisedAt: 6, organisation: 'Radio' }),
    ];
    const order = (visits: Record<string, number>) =>
      ids(orderHands({ policy: 'alternate_organisations', hands: queue, visits }));
    expect(order({})).toEqual(['library 1', 'radio 1', 'alone', 'alone too', 'library 2', 'radio 2']);
    expect(order({ 'organisation city library': 1 })).toEqual([
      'radio 1',
      'alone',
      'alone too',
      'library 1',
      'radio 2',
      'library 2',
    ]);
  });
});
