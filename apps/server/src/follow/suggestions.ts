import { type AccountId, Industry, type PersonCard, type Suggestion, type TopicId } from '@salotto/contract';
import type { SuggestionRow } from './suggestion-store.ts';

/** Why somebody is worth following, the strongest reason first; what a small server has no reason for is just there. */
export function reasonFor(row: SuggestionRow, cards: ReadonlyMap<AccountId, PersonCard>): Suggestion['reason'] {
  const by = row.by.flatMap((id) => cards.get(id as AccountId) ?? []);
  if (row.friends > 0 && by.length > 0) return { kind: 'followed_by', people: by, count: row.friends };
  if (row.heardIn !== null) return { kind: 'heard', title: row.heardIn };
  if (row.colleague && row.organisation) return { kind: 'organisation', organisation: row.organisation };
  if (row.sharedTopics.length > 0) return { kind: 'topics', topics: row.sharedTopics as TopicId[] };
  const industry = Industry.safeParse(row.industry).data;
  if (row.sameIndustry && industry) return { kind: 'industry', industry };
  return { kind: row.known ? 'followed' : 'new' };
}
