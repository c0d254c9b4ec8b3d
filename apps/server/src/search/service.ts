import { type AccountId, type FoundPerson, Industry, type PeopleWanted, SEARCH_PAGE } from '@salotto/contract';
import type { WindowStore } from '../account/window.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { People } from '../profile/people.ts';
import { readFoundCursor, writeFoundCursor } from './cursor.ts';
import { SEARCH_RULES } from './limits.ts';
import { createSearchStore, type FoundRow } from './store.ts';
import { searchQuery } from './terms.ts';
import { foldedText } from './words.ts';

export type FoundPage = { people: FoundPerson[]; next: string | null; alike: boolean };

export type SearchService = {
  /** Rejects with TOO_MANY_REQUESTS. */
  people(viewerId: AccountId, input: PeopleWanted & { after?: string | undefined }): Promise<FoundPage>;
};

/** Shorter words have too few letters to be like another. */
const ALIKE_LETTERS = 4;

export function createSearchService(deps: {
  db: Db;
  windows: WindowStore;
  people: Pick<People, 'cards'>;
}): SearchService {
  const { db, windows, people } = deps;
  const store = createSearchStore();

  async function view(rows: readonly FoundRow[]): Promise<FoundPerson[]> {
    const cards = await people.cards(rows.map(({ id }) => id as AccountId));
    return rows.flatMap(({ id, jobTitle, industry, followers }) => {
      const person = cards.get(id as AccountId);
      return person ? [{ person, jobTitle, industry: Industry.safeParse(industry).data ?? null, followers }] : [];
    });
  }

  return {
    async people(viewerId, { after, ...wanted }) {
      const query = searchQuery(wanted);
      if (!query) return { people: [], next: null, alike: false };
      const waitMs = await windows.take(SEARCH_RULES.map((rule) => ({ rule, key: viewerId })));
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });

      const name = foldedText(wanted.text ?? '');
      const handle = (wanted.text ?? '').replace(/^@/, '').toLowerCase();
      const cursor = readFoundCursor(after);
      const rows = await store.people(db, { viewerId, query, handle, name, after: cursor, limit: SEARCH_PAGE + 1 });
      const shown = rows.slice(0, SEARCH_PAGE);
      const last = shown.at(-1);
      const filtered = wanted.industry || wanted.language || wanted.organisation;
      if (!last && !cursor && !filtered && [...name].length >= ALIKE_LETTERS) {
        const like = await view(await store.alike(db, { viewerId, name, limit: SEARCH_PAGE }));
        return { people: like, next: null, alike: like.length > 0 };
      }
      return {
        people: await view(shown),
        next: rows.length > SEARCH_PAGE && last ? writeFoundCursor(last) : null,
        alike: false,
      };
    },
  };
}
