import type { Seat } from '@salotto/contract';
import { useEffect, useState } from 'react';
import type { RoomState } from './room-state.ts';
import { useRoom } from './use-room.ts';

/** A pause between two sentences is still the same speaker. */
const PAUSE_MS = 1_200;

/** Participations on stage that speak now, in the order of the stage, as one text: the same for the same speakers. */
export const speakersOf = ({ room, speaking }: Pick<RoomState, 'room' | 'speaking'>): string =>
  (room?.stage ?? [])
    .filter((seat) => !seat.muted && !seat.lost && speaking.has(seat.participationId))
    .map((seat) => seat.participationId)
    .join(' ');

/** Who speaks now, or did a moment ago and nobody since. */
export function useSpeakers(): Seat[] {
  const now = useRoom(speakersOf);
  const stage = useRoom((state) => state.room?.stage);
  const [shown, setShown] = useState(now);
  if (now !== '' && now !== shown) setShown(now);
  useEffect(() => {
    if (now !== '') return;
    const timer = setTimeout(() => setShown(''), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  const ids = shown.split(' ');
  return (stage ?? []).filter((seat) => ids.includes(seat.participationId) && !seat.muted && !seat.lost);
}
