import { type Hand, orderHands } from '@salotto/contract';
import { useMemo } from 'react';
import { useRoom } from './use-room.ts';

/** A hand that is up, with its place in the queue; null for one that was offered the stage. */
export type PlacedHand = { hand: Hand; place: number | null };

/** Open offers first, then the queue in the room's order; without the hands of people whom one blocked. */
export function useHands(): PlacedHand[] {
  const hands = useRoom((state) => state.room?.hands);
  const order = useRoom((state) => state.room?.handOrder) ?? 'first_come';
  const visits = useRoom((state) => state.room?.visits);
  const blocked = useRoom((state) => state.blocked);
  return useMemo(() => {
    const raised = (hands ?? []).filter((hand) => hand.state === 'raised');
    const offered = (hands ?? []).filter((hand) => hand.state === 'offered');
    const queue = orderHands({ policy: order, hands: raised, visits: visits ?? {} });
    return [
      ...offered.map((hand) => ({ hand, place: null })),
      ...queue.map((hand, index) => ({ hand, place: index + 1 })),
    ].filter(({ hand }) => !blocked.has(hand.person.id));
  }, [hands, order, visits, blocked]);
}
