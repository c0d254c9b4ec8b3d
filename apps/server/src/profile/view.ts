import {
  type AccountId,
  Industry,
  type PersonCard,
  type Profile,
  SpokenLanguage,
  type TopicId,
} from '@salotto/contract';
import type { CardRow, ProfileRow } from './store.ts';

/** The pictures' folder on this origin, see `http/pictures.ts`. */
const PICTURES = '/pictures';

export function viewCard(row: CardRow): PersonCard {
  return {
    id: row.accountId as AccountId,
    handle: row.handle,
    name: row.name,
    headline: row.headline,
    organisation: row.organisation,
    verifiedDomain: row.verifiedDomain,
    picture: row.picture && `${PICTURES}/${row.picture}`,
    demo: row.demo,
    guest: row.guest,
  };
}

/** What an older or newer build wrote and this one does not know is left out. */
export function viewProfile(
  row: ProfileRow,
  options: { viewerId: AccountId } & Pick<Profile, 'onStageIn' | 'nominatedBy'>,
): Profile {
  const { viewerId, onStageIn, nominatedBy } = options;
  const { jobTitle, links, bio, followers, followingCount, following, followsYou, blocked } = row;
  return {
    ...viewCard(row),
    ...{ jobTitle, links, bio, followers, following: followingCount },
    industry: Industry.safeParse(row.industry).data ?? null,
    languages: row.languages.flatMap((code) => SpokenLanguage.safeParse(code).data ?? []),
    topics: row.topics as TopicId[],
    joinedAt: row.createdAt.getTime(),
    relation: { self: viewerId === row.accountId, following, followsYou, blocked },
    ...{ onStageIn, nominatedBy },
  };
}
