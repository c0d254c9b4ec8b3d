import type { AccountId } from '@salotto/contract';
import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { follow, followCount, personSearch } from '../db/schema/people.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { buildPerson } from '../testing/people.ts';

let database: TestDb;
beforeAll(async () => {
  database = await createTestDb();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.db.delete(account));

const crowd = (size: number) => Promise.all(Array.from({ length: size }, () => buildPerson(database.db)));
const add = (pairs: (readonly [{ id: AccountId }, { id: AccountId }])[]) =>
  database.db
    .insert(follow)
    .values(pairs.map(([follower, followed]) => ({ followerId: follower.id, followedId: followed.id })))
    .onConflictDoNothing();

async function counted() {
  const rows = await database.db.select().from(followCount);
  const facts = await database.db.execute<{ id: string; followers: number; following: number }>(sql`
    select account.id, (select count(*)::int from follow where followed_id = account.id) as followers,
      (select count(*)::int from follow where follower_id = account.id) as following from account`);
  const known = new Map(rows.map((row) => [row.accountId, row]));
  return facts.rows.map(({ id, followers, following }) => {
    const row = known.get(id);
    return {
      id,
      followers,
      following,
      right: (row?.followers ?? 0) === followers && (row?.following ?? 0) === following,
    };
  });
}

const expectRight = async () => expect((await counted()).filter(({ right }) => !right)).toEqual([]);

test('follows are counted on both sides, once each', async () => {
  const [a, b, c] = await crowd(3);
  if (!a || !b || !c) return expect.fail('nobody');
  await add([
    [a, b],
    [a, c],
    [b, c],
  ]);
  await add([[a, b]]);
  await expectRight();
  await database.db.delete(follow).where(eq(follow.followerId, a.id));
  await expectRight();
  expect((await counted()).map(({ followers }) => followers).sort()).toEqual([0, 0, 1]);
});

test('they are right when an account goes, and when many follow each other at once', async () => {
  const people = await crowd(12);
  const all = people.flatMap((one) => people.filter((other) => other !== one).map((other) => [one, other] as const));
  await Promise.all(all.map((pair) => add([pair])));
  await expectRight();
  await database.db.delete(account).where(
    inArray(
      account.id,
      people.slice(0, 4).map(({ id }) => id),
    ),
  );
  await expectRight();
  expect((await counted())[0]).toMatchObject({ followers: 7, following: 7 });
});

test('whoever has a hundred followers is known to the search, and no longer with fewer', async () => {
  const [star, ...fans] = await crowd(101);
  if (!star) return expect.fail('nobody');
  const known = async () =>
    (await database.db.select().from(personSearch).where(eq(personSearch.known, true))).map((row) => row.accountId);
  await add(fans.slice(1).map((fan) => [fan, star]));
  expect(await known()).toEqual([]);
  await add(fans.slice(0, 1).map((fan) => [fan, star]));
  expect(await known()).toEqual([star.id]);
  await database.db.delete(account).where(
    inArray(
      account.id,
      fans.slice(0, 1).map(({ id }) => id),
    ),
  );
  expect(await known()).toEqual([]);
});
