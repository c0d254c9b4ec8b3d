import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Blobs } from '../blob/disk.ts';
import { account } from '../db/schema/account.ts';
import { follow, profile } from '../db/schema/people.ts';
import { createPeople } from '../profile/people.ts';
import { StartError } from '../start-error.ts';
import { buildPerson, createTestDb, type TestDb } from '../testing/index.ts';
import { DEMO_FOLDER, readDemoAssets } from './assets.ts';
import { seedDemo } from './seed.ts';

let database: TestDb;
let stored: Map<string, Uint8Array>;
let seed: () => Promise<void>;

beforeEach(async () => {
  database = await createTestDb();
  stored = new Map();
  const blobs: Blobs = {
    put: async (name, bytes) => void stored.set(name, bytes),
    get: async () => null,
    delete: async () => {},
  };
  seed = () => seedDemo({ db: database.db, blobs, folder: DEMO_FOLDER, clock: () => 1_800_000_000_000 });
});

afterEach(() => database.close());

it('fills an empty database with marked people, their pictures and whom they follow', async () => {
  await seed();
  const { people, follows } = await readDemoAssets(DEMO_FOLDER);
  const accounts = await database.db.select().from(account);
  expect(accounts).toHaveLength(people.length);
  expect(accounts.every((row) => row.demo)).toBe(true);
  const profiles = await database.db.select().from(profile);
  expect(profiles.map((row) => row.handle).sort()).toEqual(people.map((person) => person.handle).sort());
  expect(profiles.map((row) => row.picture).sort()).toEqual([...stored.keys()].sort());
  for (const bytes of stored.values()) expect(Buffer.from(bytes.subarray(8, 12)).toString()).toBe('WEBP');
  const followed = await database.db.select().from(follow);
  expect(followed).toHaveLength(Object.values(follows).flat().length);
});

it('lists those whom a visitor can look around as, and no robot', async () => {
  await seed();
  const { people } = await readDemoAssets(DEMO_FOLDER);
  const listed = await createPeople({ db: database.db }).demo();
  const free = people.filter((person) => person.lookAround);
  expect(listed.map((card) => card.handle)).toEqual(free.map((person) => person.handle));
});

it('does nothing when its people are there already', async () => {
  await seed();
  const before = stored.size;
  await seed();
  expect(stored.size).toBe(before);
});

it('refuses a database with a real person, and leaves it alone', async () => {
  const { id } = await buildPerson(database.db);
  await expect(seed()).rejects.toThrow(StartError);
  await expect(seed()).rejects.toThrow('without real people');
  const rows = await database.db.select({ id: account.id }).from(account);
  expect(rows).toEqual([{ id }]);
  await database.db.delete(account).where(eq(account.id, id));
  await expect(seed()).resolves.toBeUndefined();
});
