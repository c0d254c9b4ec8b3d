import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { serverSettings } from '../db/schema/administration.ts';
import { profile } from '../db/schema/people.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
beforeAll(async () => {
  house = await createTestServer();
  await house.db.update(serverSettings).set({ door: 'waiting' });
});
afterAll(() => house.close());

/** Somebody who registered, in the order of these calls. */
async function somebodyWaiting(handle?: string): Promise<SignedIn> {
  const person = await house.person({ status: 'waiting', ...(handle ? { handle } : { hasProfile: false }) });
  await house.server.ctx.waitlist.register(house.db, person.id);
  house.clock.advance(1_000);
  return person;
}

test('one sees one’s place, says a sentence, and keeps a handle from then on', async () => {
  const first = await somebodyWaiting('first_one');
  const second = await somebodyWaiting();
  expect(await second.rpc.waitlist.mine()).toMatchObject({ person: null, place: 2, waiting: 2, sentence: '' });
  await second.rpc.account.createProfile({ name: 'Wei', handle: 'wei_waits' });
  const described = await second.rpc.waitlist.describe({ sentence: '  I make\u202e radio. ' });
  expect(described).toMatchObject({ person: { handle: 'wei_waits' }, place: 2, sentence: 'I make radio.' });
  const inside = await house.person();
  expect(await inside.rpc.account.checkHandle({ handle: 'wei_waits' })).toEqual({ verdict: 'taken' });
  // Whoever is inside does not see them.
  await expect(inside.rpc.profile.get({ handle: 'wei_waits' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await inside.rpc.follow.suggestions()).map(({ handle }) => handle)).not.toContain('wei_waits');
  expect((await first.rpc.account.me())?.person).toBeNull();
});

test('whoever leaves the list is gone with everything, and those behind move up', async () => {
  const before = await somebodyWaiting('before_me');
  const after = await somebodyWaiting('after_them');
  const { place } = await after.rpc.waitlist.mine();
  await before.rpc.waitlist.leave();
  expect(await before.rpc.account.me()).toBeNull();
  expect(await house.db.$count(account, eq(account.id, before.id))).toBe(0);
  expect(await house.db.$count(profile, eq(profile.handle, 'before_me'))).toBe(0);
  expect((await after.rpc.waitlist.mine()).place).toBe(place - 1);
});

test('a member has no place, and can’t leave this way', async () => {
  const member = await house.person();
  await expect(member.rpc.waitlist.mine()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(member.rpc.waitlist.leave()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await member.rpc.account.me()).toMatchObject({ status: 'member' });
});
