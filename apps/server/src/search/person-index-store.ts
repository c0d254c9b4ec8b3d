import type { AccountId } from '@salotto/contract';
import { eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { affiliation } from '../db/schema/affiliation.ts';
import { followCount, personSearch, profile } from '../db/schema/people.ts';
import { topic } from '../db/schema/room.ts';
import type { Findable } from './terms.ts';

const names = sql<Findable['topics']>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', ${topic.id}, 'names', ${topic.names}) order by ${topic.id}), '[]')
  from ${topic} where ${topic.id} = any(${profile.topics}))`;

const domain = sql<
  string | null
>`(select ${affiliation.domain} from ${affiliation} where ${affiliation.accountId} = ${profile.accountId})`;

export function createPersonIndexStore() {
  return {
    /** Locked: of two changes of one profile the later one is the one that stays. */
    async read(tx: DbOrTx, ids: readonly AccountId[]): Promise<(Findable & { accountId: string })[]> {
      const { accountId, handle, name, headline, jobTitle, organisation, industry, languages } = profile;
      return tx
        .select({
          accountId,
          handle,
          name,
          headline,
          jobTitle,
          organisation,
          domain,
          industry,
          languages,
          topics: names,
        })
        .from(profile)
        .where(inArray(profile.accountId, [...ids]))
        .orderBy(profile.accountId)
        .for('update');
    },

    async save(tx: DbOrTx, rows: readonly { accountId: string; terms: string; nameKey: string }[]): Promise<void> {
      if (rows.length === 0) return;
      const known = (accountId: string) =>
        sql<boolean>`exists (select from ${followCount} where ${followCount.accountId} = ${accountId} and ${followCount.followers} >= 100)`;
      await tx
        .insert(personSearch)
        .values(rows.map((row) => ({ ...row, known: known(row.accountId) })))
        .onConflictDoUpdate({
          target: personSearch.accountId,
          set: { terms: sql`excluded.terms`, nameKey: sql`excluded.name_key` },
        });
    },

    async missing(db: DbOrTx, limit: number): Promise<AccountId[]> {
      const rows = await db
        .select({ id: profile.accountId })
        .from(profile)
        .leftJoin(personSearch, eq(personSearch.accountId, profile.accountId))
        .where(isNull(personSearch.accountId))
        .limit(limit);
      return rows.map((row) => row.id as AccountId);
    },
  };
}
