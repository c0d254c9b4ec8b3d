import type { Listener } from '@salotto/contract';
import { useRoom } from './use-room.ts';

/** Those of `people` to show, and whose hand is raised. */
export function useListeners(people: readonly Listener[]) {
  const blocked = useRoom((state) => state.blocked);
  const hands = useRoom((state) => state.room?.hands);
  const stage = useRoom((state) => state.room?.stage);
  const own = useRoom((state) => state.own);
  return {
    // Presence is counted a moment later than the stage changes.
    shown: people.filter(
      ({ person }) => !blocked.has(person.id) && !stage?.some((seat) => seat.person.id === person.id),
    ),
    raised: (id: string) =>
      id === own?.participationId
        ? own.hand !== 'lowered'
        : (hands?.some((hand) => hand.participationId === id) ?? false),
  };
}
