import type { AccountId } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';

/** Somebody worth following, with everything that speaks for it. */
export type SuggestionRow = {
  id: string;
  /** How many of those whom the viewer follows follow them, and two of these. */
  friends: number;
  by: string[];
  /** A room where the viewer was and they were on stage. */
  heardIn: string | null;
  sharedTopics: string[];
  colleague: boolean;
  sameIndustry: boolean;
  organisation: string | null;
  industry: string | null;
  known: boolean;
};

/** So many of those whom one follows are asked, each for so many; the newest first. */
const ASKED = 60;
const ASKED_FOR = 50;
const ROOMS = 20;
const CANDIDATES = 60;
/** With fewer than these among the known ones, the others are looked at too: a small server has no famous people. */
const FEW = 20;

/**
 * One query, whose every part is bounded and stands on an index: the viewer's follows and theirs (the key of `follow`),
 * their last rooms (`participation_history`), what they have in common (`person_search_terms`, `person_search_known`),
 * and, for somebody new, the most followed and the newest (`follow_count_most`, `profile_newest`).
 */
export async function readSuggestions(db: DbOrTx, viewerId: AccountId, limit: number): Promise<SuggestionRow[]> {
  const quoted = sql`'''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''`;
  const found = await db.execute<SuggestionRow>(sql`
    with mine as materialized (
      select followed_id as account_id from follow where follower_id = ${viewerId}
      order by created_at desc limit ${ASKED}
    ), own as materialized (
      select coalesce(array_agg(lexeme) filter (where lexeme like 'topic:%'), '{}') as topics,
        (string_agg(${quoted}, ' | ') filter (where lexeme like 'topic:%' or lexeme like 'industry:%'))::tsquery as shared,
        (string_agg(${quoted}, ' | ') filter (where lexeme like 'organisation:%' or lexeme like 'domain:%'))::tsquery as work,
        (string_agg(${quoted}, ' | ') filter (where lexeme like 'industry:%'))::tsquery as industry
      from person_search, unnest(terms) where account_id = ${viewerId}
    ), friend as materialized (
      select theirs.account_id, count(*)::int as friends,
        (array_agg(mine.account_id order by mine.account_id))[1:2] as by
      from mine cross join lateral (
        select followed_id as account_id from follow where follower_id = mine.account_id limit ${ASKED_FOR}
      ) as theirs group by theirs.account_id order by friends desc, theirs.account_id limit ${CANDIDATES}
    ), visited as materialized (
      select room_id, joined_at from participation where account_id = ${viewerId} order by joined_at desc limit ${ROOMS}
    ), heard as materialized (
      select distinct on (stage_visit.account_id) stage_visit.account_id, room.title
      from visited join stage_visit using (room_id) join room on room.id = visited.room_id
      order by stage_visit.account_id, visited.joined_at desc limit ${CANDIDATES}
    ), colleague as materialized (
      select account_id from person_search where terms @@ (select work from own) limit ${CANDIDATES}
    ), alike as materialized (
      select account_id from person_search where known and terms @@ (select shared from own) limit ${2 * CANDIDATES}
    ), others as materialized (
      select account_id from person_search
      where terms @@ (select shared from own) and (select count(*) from alike) < ${FEW} limit ${CANDIDATES}
    ), most as materialized (
      select account_id from follow_count order by followers desc limit ${CANDIDATES}
    ), newest as materialized (
      select account_id from profile order by created_at desc limit ${CANDIDATES}
    ), candidate as (
      select account_id from friend union select account_id from heard union select account_id from colleague
      union select account_id from alike union select account_id from others union select account_id from most
      union select account_id from newest
    ), weighed as (
      select candidate.account_id as id, coalesce(friend.friends, 0) as friends, coalesce(friend.by, '{}') as by,
        heard.title as "heardIn", coalesce(person_search.terms @@ own.work, false) as colleague,
        coalesce(person_search.terms @@ own.industry, false) as "sameIndustry",
        array(
          select substr(lexeme, 7) from unnest(person_search.terms) where lexeme = any(own.topics) order by lexeme
        ) as "sharedTopics", profile.organisation, profile.industry,
        coalesce(follow_count.followers, 0) > 0 as known, coalesce(follow_count.followers, 0) as followers
      from candidate cross join own
      join account on account.id = candidate.account_id and account.kind = 'member' and account.status = 'member'
      join profile on profile.account_id = candidate.account_id
      left join person_search on person_search.account_id = candidate.account_id
      left join friend on friend.account_id = candidate.account_id
      left join heard on heard.account_id = candidate.account_id
      left join follow_count on follow_count.account_id = candidate.account_id
      where candidate.account_id <> ${viewerId}
        and not exists (select from follow where follower_id = ${viewerId} and followed_id = candidate.account_id)
        and not exists (select from block where blocker_id = ${viewerId} and blocked_id = candidate.account_id)
        and not exists (select from block where blocker_id = candidate.account_id and blocked_id = ${viewerId})
    )
    select id, friends, by, "heardIn", "sharedTopics", colleague, "sameIndustry", organisation, industry, known
    from weighed
    order by 3 * friends + case when "heardIn" is null then 0 else 8 end + case when colleague then 6 else 0 end
      + 2 * cardinality("sharedTopics") + case when "sameIndustry" then 1 else 0 end desc, followers desc, id
    limit ${limit}`);
  return found.rows;
}
