import type { Lobby, PersonCard } from '@salotto/contract';

/** Who came to the lobby since it was told last, and how many wait beside the first of them. */
export type LobbyNews = { first: PersonCard; second: PersonCard | null; others: number };

/**
 * What moderators are told of the lobby. `told` are the people who were waiting when it was told last; null where nobody
 * new is there.
 */
export function lobbyNews(told: ReadonlySet<string>, { waiting, knocks }: Lobby): LobbyNews | null {
  const fresh = knocks.filter(({ person }) => !told.has(person.id));
  const first = fresh[0]?.person;
  if (!first) return null;
  const second = knocks.find(({ person }) => person.id !== first.id)?.person ?? null;
  return { first, second, others: waiting - 1 };
}
