import type { Locale } from './about.ts';
import type { Hears } from './follow.ts';
import type { AccountId } from './ids.ts';
import type { PersonCard } from './profile.ts';
import type { RoomCard } from './room.ts';

/** Who looks at the hallway. */
export type HallwayViewer = {
  following: ReadonlySet<AccountId>;
  /** Of whom they follow, those of whom they do not always want to hear. */
  hear: Readonly<Hears> | undefined;
  blocked: ReadonlySet<AccountId>;
  locale: Locale;
};

/** Why a card is there, said in words by the client. */
export type Why =
  | { kind: 'following'; person: PersonCard; others: number }
  | { kind: 'language' }
  | { kind: 'new' }
  | { kind: 'open' };

const NEW_MS = 10 * 60_000;

/** Of those on stage whom somebody follows, the ones of whom they want to hear in this room. */
export function heardIn(
  { speakerIds, starterId }: Pick<RoomCard, 'speakerIds' | 'starterId'>,
  { following, hear }: Pick<HallwayViewer, 'following' | 'hear'>,
): AccountId[] {
  const followed = speakerIds.filter((id) => following.has(id) && hear?.[id] !== 'never');
  return followed.filter((id) => followed[1] || id === starterId || hear?.[id] !== 'sometimes');
}

export function why(card: RoomCard, viewer: HallwayViewer, nowMs: number): Why {
  const followed = heardIn(card, viewer);
  const person = card.speakers.find((speaker) => followed.includes(speaker.id));
  if (person) return { kind: 'following', person, others: followed.length - 1 };
  if (nowMs - card.startedAt < NEW_MS) return { kind: 'new' };
  if (card.locale === viewer.locale) return { kind: 'language' };
  return { kind: 'open' };
}

/** Best first: whom one follows on stage, then one's language, then the size of the room; without rooms of blocked people. */
export function rankHallway(cards: readonly RoomCard[], viewer: HallwayViewer): RoomCard[] {
  const score = (card: RoomCard) => {
    const followed = heardIn(card, viewer).length;
    const locale = card.locale === viewer.locale ? 1 : 0;
    return followed * 4 + locale * 2 + Math.log2(1 + card.listening + card.speakerCount);
  };
  return cards
    .filter((card) => card.status === 'live' && !card.speakerIds.some((id) => viewer.blocked.has(id)))
    .map((card) => ({ card, score: score(card) }))
    .sort((a, b) => b.score - a.score || b.card.startedAt - a.card.startedAt)
    .map(({ card }) => card);
}
