import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { followCount, personSearch, profile } from '../db/schema/people.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { anna, buildPerson, marta, wei } from '../testing/people.ts';
import { createTopicService } from '../topic/service.ts';
import { createPersonIndex } from './person-index.ts';

let database: TestDb;
beforeAll(async () => {
  database = await createTestDb();
  await createTopicService({ db: database.db }).ensureSeeded();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.db.delete(account));

const found = async (query: string) =>
  (
    await database.db
      .select({ handle: profile.handle })
      .from(personSearch)
      .innerJoin(profile, eq(profile.accountId, personSearch.accountId))
      .where(sql`${personSearch.terms} @@ ${query}::tsquery`)
      .orderBy(profile.handle)
  ).map(({ handle }) => handle);

test('everybody who is missing gets a row, whatever was there before', async () => {
  const { db } = database;
  const index = createPersonIndex({ db });
  await buildPerson(db, { ...wei, topics: ['music'] });
  const star = await buildPerson(db, marta);
  await db.delete(personSearch);
  await buildPerson(db, anna);
  await db.insert(followCount).values({ accountId: star.id, followers: 100 });
  await index.fill();
  expect(await found("'韦明'")).toEqual(['wei']);
  expect(await found("'音乐'")).toEqual(['wei']);
  expect(await found("'nowak'")).toEqual(['marta']);
  expect(await found("'ferri'")).toEqual(['anna']);
  expect(
    (await db.select().from(personSearch).where(eq(personSearch.known, true))).map((row) => row.accountId),
  ).toEqual([star.id]);
});

test('a stopped filling stops', async () => {
  const { db } = database;
  await buildPerson(db, anna);
  await db.delete(personSearch);
  await createPersonIndex({ db }).fill(AbortSignal.abort());
  expect(await db.$count(personSearch)).toBe(0);
});

test('a changed profile is found by its new words alone', async () => {
  const { db } = database;
  const { id } = await buildPerson(db, anna);
  await db.transaction(async (tx) => {
    await tx.update(profile).set({ name: 'Anna Bruni', jobTitle: 'Redattrice' });
    await createPersonIndex({ db }).write(tx, [id]);
  });
  expect(await found("'ferri'")).toEqual([]);
  expect(await found("'bruni' & 'redat':*")).toEqual(['anna']);
});

test('there is one row a person, and it goes with the account', async () => {
  const { db } = database;
  const { id } = await buildPerson(db, anna);
  await createPersonIndex({ db }).write(db, [id, id]);
  expect(await db.$count(personSearch)).toBe(1);
  await db.delete(account);
  expect(await db.$count(personSearch)).toBe(0);
});
