import type { Locale } from './about.ts';
import type { AccountId } from './ids.ts';
import type { PersonCard } from './profile.ts';
import type { RoomCard } from './room.ts';

/** Who looks at the hallway. */
export type HallwayViewer = {
  following: ReadonlySet<AccountId>;
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

export function why(card: RoomCard, viewer: HallwayViewer, nowMs: number): Why {
  const followed = card.speakerIds.filter((id) => viewer.following.has(id));
  const person = card.speakers.find((speaker) => viewer.following.has(speaker.id));
  if (person) return { kind: 'following', person, others: followed.length - 1 };
  if (nowMs - card.startedAt < NEW_MS) return { kind: 'new' };
  if (card.locale === viewer.locale) return { kind: 'language' };
  return { kind: 'open' };
}

/** Best first: whom one follows on stage, then one's language, then the size of the room; without rooms of blocked people. */
export function rankHallway(cards: readonly RoomCard[], viewer: HallwayViewer): RoomCard[] {
  const score = (card: RoomCard) => {
    const followed = card.speakerIds.filter((id) => viewer.following.has(id)).length;
    const locale = card.locale === viewer.locale ? 1 : 0;
    return followed * 4 + locale * 2 + Math.log2(1 + card.listening + card.speakerCount);
  };
  return cards
    .filter((card) => card.status === 'live' && !card.speakerIds.some((id) => viewer.blocked.has(id)))
    .map((card) => ({ card, score: score(card) }))
    .sort((a, b) => b.score - a.score || b.card.startedAt - a.card.startedAt)
    .map(({ card }) => card);
}
