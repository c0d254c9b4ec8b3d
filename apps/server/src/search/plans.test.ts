import type { AccountId } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBlocks } from '../block/blocks.ts';
import type { Db } from '../db/client.ts';
import { createFollowService } from '../follow/service.ts';
import { readSuggestions } from '../follow/suggestion-store.ts';
import { createPeople } from '../profile/people.ts';
import { createProfileStore } from '../profile/store.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { fillPopulation } from '../testing/population.ts';
import { createSearchStore } from './store.ts';
import { searchQuery } from './terms.ts';

/** Enough that indexes differ. */
const PEOPLE = 20_000;
const FOLLOWS = 200_000;

let database: TestDb;
let viewerId: AccountId;
beforeAll(async () => {
  database = await createTestDb();
  await fillPopulation(database.db, { people: PEOPLE, follows: FOLLOWS });
  const { rows } = await database.db.execute<{ id: AccountId }>(
    sql`select account_id as id from profile where handle = 'person_77'`,
  );
  viewerId = rows[0]?.id ?? expect.fail('nobody was made');
}, 120_000);
afterAll(() => database.close());

/** The plans of whatever queries `work` runs, as text. */
async function plansOf(work: (db: Db) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await database.db.transaction(async (tx) => {
    const execute: Db['execute'] = tx.execute.bind(tx);
    // What is small here, a whole table would do for; what is asked is whether an index could.
    await execute(sql`set local enable_seqscan = off`);
    const watched = new Proxy(tx, {
      get(target, name) {
        if (name !== 'execute') return Reflect.get(target, name);
        return async (query: ReturnType<typeof sql>) => {
          const explained = await execute<{ 'QUERY PLAN': string }>(sql`explain ${query}`);
          plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'));
          return execute(query);
        };
      },
    });
    await work(watched as unknown as Db);
  });
  return plans.join('\n');
}

/** Tables that are read from end to end. */
const wholeTables = (plan: string) => [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table);
const indexes = (plan: string) => [
  ...new Set([...plan.matchAll(/Index (?:Only )?Scan (?:Backward )?(?:using|on) (\w+)/g)].map(([, name]) => name)),
];

const search = (text: string) => ({
  ...{ viewerId, handle: text, name: text, after: null, limit: 21 },
  query: searchQuery({ text }) ?? '',
});

describe('a network of many people', () => {
  test.each(['王伟', '王', 'rossi', 'maria fer', 'person_77'])('a search for %s stands on indexes', async (text) => {
    const store = createSearchStore();
    const plan = await plansOf((db) => store.people(db, search(text)));
    expect(wholeTables(plan), plan).toEqual([]);
    for (const index of [
      'person_search_terms',
      'person_search_known',
      'follow_follower_id_followed_id_pk',
      'profile_handle_unique',
    ])
      expect(indexes(plan)).toContain(index);
    expect((await store.people(database.db, search(text))).length).toBeGreaterThan(0);
  });

  test('so does a search for a misspelt name', async () => {
    const store = createSearchStore();
    const plan = await plansOf((db) => store.alike(db, search('ferari')));
    expect(wholeTables(plan), plan).toEqual([]);
    expect(indexes(plan)).toContain('person_search_name');
    expect(await store.alike(database.db, search('ferari'))).not.toEqual([]);
  });

  test('so do suggestions', async () => {
    const plan = await plansOf((db) => readSuggestions(db, viewerId, 12));
    expect(wholeTables(plan), plan).toEqual([]);
    for (const index of [
      ...['follow_follower_id_followed_id_pk', 'person_search_terms', 'person_search_known', 'follow_count_most'],
      ...['profile_newest', 'participation_history'],
    ])
      expect(indexes(plan), index).toContain(index);
    expect(await readSuggestions(database.db, viewerId, 12)).toHaveLength(12);
  });

  test('a profile is one query by the handle, and nothing is counted', async () => {
    const query = createProfileStore().page(database.db, viewerId, 'person_1');
    const row = await query;
    expect(row?.followers).toBeGreaterThan(1_000);
    const { rows } = await database.db.execute<{ followers: number }>(
      sql`select count(*)::int as followers from follow where followed_id = ${row?.accountId}`,
    );
    expect(row?.followers).toBe(rows[0]?.followers);
  });

  test('a page of somebody’s many followers comes in the order of an index', async () => {
    const { rows } = await database.db.execute<{ 'QUERY PLAN': string }>(sql`explain
      select created_at, follower_id from follow where followed_id = ${viewerId}
      order by created_at desc, follower_id limit 51`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Only Scan using follow_followers/);
    expect(plan).not.toMatch(/Sort/);
  });

  test('what is generated is what a server would have derived', async () => {
    const people = createPeople({ db: database.db });
    const follow = createFollowService({
      ...{ db: database.db, clock: Date.now, people, blocks: createBlocks({ db: database.db }) },
    });
    expect(await follow.suggestions(viewerId)).toHaveLength(12);
    const { rows } = await database.db.execute(sql`
      select from person_search join follow_count using (account_id) where known <> (followers >= 100)`);
    expect(rows).toEqual([]);
  });
});
