import type { PersonCard, RoomView, Visibility } from '@salotto/contract';

/** What happens to others in a room, for who does not see the screen. */
export type PeopleNews =
  | 'came'
  | 'went'
  | 'moderates'
  | 'speaks'
  | 'opened'
  | 'muted'
  | 'lost'
  | 'returned'
  | 'hand-raised'
  | 'hand-lowered'
  | 'called';

export type News =
  | { kind: PeopleNews; people: PersonCard[] }
  | { kind: 'locked' | 'unlocked' }
  | { kind: 'visibility'; visibility: Visibility }
  | { kind: 'capacity'; capacity: number | null };

/** What is different for others between two moments: whoever muted and opened again in between is not named. */
export function newsOf(before: RoomView, after: RoomView, self: string | undefined): News[] {
  const groups = new Map<PeopleNews, PersonCard[]>();
  const add = (kind: PeopleNews, one: { participationId: string; person: PersonCard }) => {
    if (one.participationId !== self) groups.set(kind, [...(groups.get(kind) ?? []), one.person]);
  };
  const seatsBefore = new Map(before.stage.map((seat) => [seat.participationId as string, seat]));
  const seatsAfter = new Map(after.stage.map((seat) => [seat.participationId as string, seat]));
  for (const seat of after.stage) {
    const was = seatsBefore.get(seat.participationId);
    if (!was) add('came', seat);
    if (was && was.role !== seat.role) add(seat.role === 'moderator' ? 'moderates' : 'speaks', seat);
    if ((was?.muted ?? true) !== seat.muted) add(seat.muted ? 'muted' : 'opened', seat);
    if ((was?.lost ?? false) !== seat.lost) add(seat.lost ? 'lost' : 'returned', seat);
  }
  for (const seat of before.stage) if (!seatsAfter.has(seat.participationId)) add('went', seat);
  // To and from the stage hands are hidden or shown all at once: that is no news of theirs.
  const seen = self !== undefined && seatsBefore.has(self) && seatsAfter.has(self);
  if (seen) {
    const handsBefore = new Map(before.hands.map((hand) => [hand.participationId as string, hand]));
    const handsAfter = new Set(after.hands.map((hand) => hand.participationId as string));
    for (const hand of after.hands) {
      const was = handsBefore.get(hand.participationId)?.state;
      if (was !== hand.state) add(hand.state === 'offered' ? 'called' : 'hand-raised', hand);
    }
    for (const hand of before.hands) {
      if (!handsAfter.has(hand.participationId) && !seatsAfter.has(hand.participationId)) add('hand-lowered', hand);
    }
  }
  return [...[...groups].map(([kind, people]) => ({ kind, people })), ...ofSettings(before, after)];
}

function ofSettings(before: RoomView, after: RoomView): News[] {
  const found: News[] = [];
  if (before.locked !== after.locked) found.push({ kind: after.locked ? 'locked' : 'unlocked' });
  if (before.visibility !== after.visibility) found.push({ kind: 'visibility', visibility: after.visibility });
  if (before.capacity !== after.capacity) found.push({ kind: 'capacity', capacity: after.capacity });
  return found;
}
