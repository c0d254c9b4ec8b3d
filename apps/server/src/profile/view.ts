import type { AccountId, PersonCard } from '@salotto/contract';
import type { CardRow } from './store.ts';

/** The pictures' folder on this origin, see `http/pictures.ts`. */
const PICTURES = '/pictures';

export function viewCard(row: CardRow): PersonCard {
  return {
    id: row.accountId as AccountId,
    handle: row.handle,
    name: row.name,
    headline: row.headline,
    organisation: row.organisation,
    picture: row.picture && `${PICTURES}/${row.picture}`,
    demo: row.demo,
    guest: row.guest,
  };
}
