import { type AccountId, SEARCH_DEEPEST } from '@salotto/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import type { FoundCursor } from './cursor.ts';

export type FoundRow = FoundCursor & { jobTitle: string | null; industry: string | null };

export type Search = {
  viewerId: AccountId;
  /** As `searchQuery` writes it. */
  query: string;
  /** The text as it would be a handle, and folded as it would be a name. */
  handle: string;
  name: string;
  after: FoundCursor | null;
  limit: number;
};

/** Whom one follows is looked through up to here, newest first: a search is no place for more. */
const FOLLOWED_MOST = 1_000;
const KNOWN_MOST = 400;

export function createSearchStore() {
  return {
    /**
     * One page. Only so many are ever looked at: everybody of the name whom the viewer follows, then those who are known
     * to many (an index of their own, of few), and of the others as many as are left.
     */
    async people(db: DbOrTx, search: Search): Promise<FoundRow[]> {
      const found = sql`
        with mine as materialized (
          select followed_id as account_id from follow where follower_id = ${search.viewerId}
          order by created_at desc limit ${FOLLOWED_MOST}
        ), followed as materialized (
          select account_id, name_key from mine join person_search using (account_id)
          where terms @@ ${search.query}::tsquery limit ${SEARCH_DEEPEST}
        ), known as materialized (
          select account_id, name_key from person_search where known and terms @@ ${search.query}::tsquery
          limit ${KNOWN_MOST}
        ), others as materialized (
          select account_id, name_key from person_search where terms @@ ${search.query}::tsquery
            and (select count(*) from known) < ${SEARCH_DEEPEST}
          limit ${SEARCH_DEEPEST}
        ), called as (
          select account_id, name_key from profile join person_search using (account_id)
          where handle = ${search.handle} and terms @@ ${search.query}::tsquery
        ), candidate as (
          select account_id, max(weight) + max(case when starts_with(name_key, ${search.name}::text || ' ') then 1 else 0 end) as rank
          from (
            select account_id, name_key, 4 as weight from called
            union all select account_id, name_key, 2 from followed
            union all select account_id, name_key, 0 from known
            union all select account_id, name_key, 0 from others
          ) as all_of_them group by account_id
        ), ranked as materialized (
          select account_id, rank, coalesce(followers, 0) as followers
          from candidate left join follow_count using (account_id)
          order by rank desc, followers desc, account_id limit ${SEARCH_DEEPEST}
        )
        -- What is looked up of each is looked up for those of the page alone: they come in their order.
        select profile.account_id as id, profile.job_title as "jobTitle", profile.industry, ranked.followers, ranked.rank
        from (select * from ranked where ${after(search.after)} order by rank desc, followers desc, account_id) as ranked
        join profile on profile.account_id = ranked.account_id
        where ${visible(search.viewerId)}
        order by ranked.rank desc, ranked.followers desc, ranked.account_id limit ${search.limit}`;
      return (await db.execute<FoundRow>(found)).rows;
    },

    /** Whose name or handle has letters in common with a word that nobody has. */
    async alike(db: DbOrTx, search: Pick<Search, 'viewerId' | 'name' | 'limit'>): Promise<FoundRow[]> {
      const found = sql`
        with candidate as materialized (
          select account_id, name_key from person_search where name_key %> ${search.name} limit ${SEARCH_DEEPEST}
        )
        select candidate.account_id as id, profile.job_title as "jobTitle", profile.industry, 0 as rank,
          coalesce(follow_count.followers, 0) as followers
        from candidate
        join profile using (account_id)
        left join follow_count using (account_id)
        where ${visible(search.viewerId)}
        order by word_similarity(${search.name}, candidate.name_key) desc, followers desc, id limit ${search.limit}`;
      return (await db.execute<FoundRow>(found)).rows;
    },
  };
}

/** Members, without those who blocked the viewer or were blocked by them. */
const visible = (viewerId: AccountId): SQL => sql`
  exists (select from account where account.id = profile.account_id and account.kind = 'member' and account.status = 'member')
  and not exists (select from block where blocker_id = ${viewerId} and blocked_id = profile.account_id)
  and not exists (select from block where blocker_id = profile.account_id and blocked_id = ${viewerId})`;

const after = (cursor: FoundCursor | null): SQL =>
  cursor
    ? sql`(rank, followers) < (${cursor.rank}, ${cursor.followers})
        or (rank = ${cursor.rank} and followers = ${cursor.followers} and account_id > ${cursor.id})`
    : sql`true`;
