import type { TopicId } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { room } from '../db/schema/room.ts';
import { anna, createTestServer, marta, type SignedIn, type TestServer, tom, wei } from '../testing/index.ts';
import { createTopicService } from '../topic/service.ts';

let house: TestServer;
let me: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  await createTopicService({ db: house.db }).ensureSeeded();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  await house.db.delete(room);
  await house.db.delete(account);
  me = await house.person({
    ...tom,
    organisation: 'City O’Hara \\ library',
    industry: 'law',
    topics: ['music', 'books'],
  });
});

const suggested = async () =>
  (await me.rpc.follow.suggestions()).map(({ person, reason }) => [person.handle, reason] as const);
const reasonOf = async (handle: string) => (await suggested()).find(([one]) => one === handle)?.[1];

test('somebody whom two of one’s people follow comes first, with both of them', async () => {
  const [a, m, w] = await Promise.all([house.person(anna), house.person(marta), house.person(wei)]);
  const other = await house.person({ handle: 'other' });
  for (const friend of [a, m]) {
    await me.rpc.follow.follow({ accountId: friend.id });
    await friend.rpc.follow.follow({ accountId: w.id });
  }
  await a.rpc.follow.follow({ accountId: other.id });
  const list = await suggested();
  expect(list.map(([handle]) => handle)).toEqual(['wei', 'other']);
  const reason = list[0]?.[1];
  expect(reason).toMatchObject({ kind: 'followed_by', count: 2 });
  expect(reason?.kind === 'followed_by' && reason.people.map(({ handle }) => handle).sort()).toEqual(['anna', 'marta']);
});

test('whoever was on stage in a room where one was has been heard', async () => {
  const speaker = await house.person(anna);
  const { roomId } = await speaker.rpc.room.start({ title: 'Late shift', locale: 'en', key: crypto.randomUUID() });
  await me.rpc.room.join({ roomId });
  expect(await reasonOf('anna')).toEqual({ kind: 'heard', title: 'Late shift' });
});

test('what is in common is said: organisation, topics, industry', async () => {
  await house.person({ handle: 'colleague', organisation: 'city  o’hara \\ LIBRARY' });
  await house.person({ handle: 'reader', topics: ['books', 'music', 'food'] });
  await house.person({ handle: 'lawyer', industry: 'law' });
  await house.person({ handle: 'stranger' });
  expect(await suggested()).toEqual([
    ['colleague', { kind: 'organisation', organisation: 'city  o’hara \\ LIBRARY' }],
    ['reader', { kind: 'topics', topics: ['books', 'music'] as TopicId[] }],
    ['lawyer', { kind: 'industry', industry: 'law' }],
    ['stranger', { kind: 'new' }],
  ]);
});

test('whoever has nothing in common with anybody sees who is followed most', async () => {
  const [a, m] = await Promise.all([house.person(anna), house.person(marta)]);
  await a.rpc.follow.follow({ accountId: m.id });
  expect(await suggested()).toEqual([
    ['marta', { kind: 'followed' }],
    ['anna', { kind: 'new' }],
  ]);
});

test('nobody whom one follows, blocked, or who blocked; no guests and nobody outside', async () => {
  const [a, m, w] = await Promise.all([house.person(anna), house.person(marta), house.person(wei)]);
  await house.person({ handle: 'waiting', status: 'waiting', topics: ['music'] });
  await me.rpc.follow.follow({ accountId: a.id });
  await me.rpc.block.block({ accountId: m.id });
  await w.rpc.block.block({ accountId: me.id });
  expect(await suggested()).toEqual([]);
});
