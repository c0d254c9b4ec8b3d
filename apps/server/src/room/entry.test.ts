import type { AccountId, ParticipationId, RoomId } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roomUpdate } from '../db/schema/index.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { openTab, type TestTab } from '../testing/tab.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let marta: SignedIn;
let roomId: RoomId;
const tabs: TestTab[] = [];

beforeAll(async () => {
  house = await createTestServer();
});
afterAll(() => house?.close());

beforeEach(async () => {
  [anna, wei, marta] = await Promise.all([house.person(), house.person(), house.person()]);
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', locale: 'en', key: crypto.randomUUID() }));
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.cut();
  await anna.rpc.room.end({ roomId }).catch(() => {});
});

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );
const join = (person: SignedIn) => outcome(person.rpc.room.join({ roomId }));
const sees = async (person: SignedIn) => (await person.rpc.hallway.get()).rooms.some((room) => room.id === roomId);
const invite = (actor: SignedIn, person: SignedIn) =>
  house.server.ctx.room.invite(roomId, { accountId: actor.id }, [person.id]);

async function hallwayOf(person: SignedIn): Promise<TestTab> {
  const tab = await openTab({ origin: house.origin, cookie: person.cookie });
  tabs.push(tab);
  tab.watch('hallway');
  await tab.until(() => tab.messages.find((message) => message.type === 'hallway'));
  return tab;
}
/** What this hallway was told about the room last: its visibility, or that it is gone. */
const told = (tab: TestTab) => {
  const words = tab.messages.flatMap((message) => {
    if (message.type !== 'hallway.changed') return [];
    const card = message.changed.find((entry) => entry.id === roomId);
    return card ? [card.visibility] : message.gone.includes(roomId) ? ['gone'] : [];
  });
  return words.at(-1);
};

async function onStage(person: SignedIn): Promise<void> {
  const { own } = await person.rpc.room.join({ roomId });
  await anna.rpc.room.offerStage({ roomId, participationId: own.participationId as ParticipationId });
  await person.rpc.room.acceptOffer({ roomId });
}

describe('a closed room', () => {
  it('is for those who were invited, and for its starter', async () => {
    await anna.rpc.room.change({ roomId, visibility: 'closed' });
    expect([await join(wei), await sees(wei), await outcome(wei.rpc.room.card({ roomId }))]).toEqual([
      'FORBIDDEN not_invited',
      false,
      'FORBIDDEN not_invited',
    ]);
    expect((await wei.rpc.profile.get({ handle: anna.handle })).onStageIn).toBeNull();
    expect(await invite(anna, wei)).toEqual([wei.id]);
    expect(await invite(anna, wei), 'once').toEqual([]);
    expect((await wei.rpc.profile.get({ handle: anna.handle })).onStageIn?.roomId).toBe(roomId);
    expect([await sees(wei), await join(wei), await sees(marta)]).toEqual([true, 'ok', false]);
    await expect(invite(wei, marta), 'a listener asks nobody in').rejects.toMatchObject({ code: 'FORBIDDEN' });
    await onStage(wei);
    await anna.rpc.room.leave({ roomId });
    expect([await sees(anna), await join(anna)]).toEqual([true, 'ok']);
  });

  it('keeps who was inside when it was closed', async () => {
    await wei.rpc.room.join({ roomId });
    await anna.rpc.room.change({ roomId, visibility: 'closed' });
    expect([await join(wei), await sees(wei)]).toEqual(['ok', true]);
    await wei.rpc.room.leave({ roomId });
    expect(await join(wei)).toBe('FORBIDDEN not_invited');
  });
});

it('a social room is for those whom somebody on stage follows', async () => {
  await anna.rpc.room.change({ roomId, visibility: 'social' });
  expect([await sees(wei), await join(wei)]).toEqual([false, 'FORBIDDEN not_invited']);
  await wei.rpc.follow.follow({ accountId: anna.id });
  expect(await join(wei), 'following the stage is not enough').toBe('FORBIDDEN not_invited');
  await anna.rpc.follow.follow({ accountId: wei.id });
  expect([await sees(wei), await join(wei), await join(marta)]).toEqual([true, 'ok', 'FORBIDDEN not_invited']);
});

describe('open hallways', () => {
  it('lose a room that closes, and learn of it again when they are asked in', async () => {
    const [hers, his] = await Promise.all([hallwayOf(wei), hallwayOf(marta)]);
    await anna.rpc.room.change({ roomId, visibility: 'closed' });
    await Promise.all([hers, his].map((tab) => tab.until(() => told(tab) === 'gone' || undefined)));
    await invite(anna, wei);
    await hers.until(() => told(hers) === 'closed' || undefined);
    expect(told(his)).toBe('gone');
    await anna.rpc.room.change({ roomId, visibility: 'open' });
    await Promise.all([hers, his].map((tab) => tab.until(() => told(tab) === 'open' || undefined)));
  });

  it('never hear of a closed room that is not for them', async () => {
    const [hers, his] = await Promise.all([hallwayOf(wei), hallwayOf(marta)]);
    const secret = await anna.rpc.room.start({
      title: 'Secret',
      locale: 'en',
      visibility: 'closed',
      key: crypto.randomUUID(),
    });
    await house.server.ctx.room.invite(secret.roomId, { accountId: anna.id }, [wei.id]);
    await hers.until(() => JSON.stringify(hers.messages).includes(secret.roomId) || undefined);
    await anna.rpc.room.end(secret);
    await hers.until(
      () => /"gone":\[[^\]]*/.exec(JSON.stringify(hers.messages.at(-1)))?.[0].includes(secret.roomId) || undefined,
    );
    expect(JSON.stringify(his.messages)).not.toContain(secret.roomId);
  });
});

describe('a lock and a limit', () => {
  it('a locked room lets only those in who have a place', async () => {
    await wei.rpc.room.join({ roomId });
    await anna.rpc.room.change({ roomId, locked: true });
    expect([await join(wei), await join(marta), await sees(marta)]).toEqual(['ok', 'CONFLICT room_locked', true]);
    await anna.rpc.room.change({ roomId, locked: false });
    expect(await join(marta)).toBe('ok');
  });

  it('takes exactly as many as it has places, however many come at once', async () => {
    await anna.rpc.room.change({ roomId, capacity: 4 });
    const people = await Promise.all(Array.from({ length: 9 }, () => house.person()));
    const outcomes = await Promise.all(people.map(join));
    expect(outcomes.toSorted()).toEqual([...Array(6).fill('CONFLICT room_full'), 'ok', 'ok', 'ok']);
    const inside = people[outcomes.indexOf('ok')] as SignedIn;
    expect(await join(inside), 'back to one’s place').toBe('ok');
    await inside.rpc.room.leave({ roomId });
    expect(await join(marta)).toBe('ok');
  });

  it('does not wait for people who went without a word', async () => {
    await anna.rpc.room.change({ roomId, capacity: 2 });
    await wei.rpc.room.join({ roomId });
    expect(await join(marta)).toBe('CONFLICT room_full');
    house.clock.advance(40_000);
    expect(await join(marta)).toBe('ok');
  });
});

it('what moderators change is told at once, text from its row and never in the log', async () => {
  const tab = await openTab({ origin: house.origin, cookie: anna.cookie });
  tabs.push(tab);
  tab.watch(`room:${roomId}`);
  await tab.snapshot();
  const [topic] = await wei.rpc.topic.list();
  const change = {
    title: ' Night voices ',
    description: 'Until two',
    locale: 'it' as const,
    topics: topic ? [topic.id] : [],
  };
  await anna.rpc.room.change({ roomId, ...change, capacity: 100, stageLimit: 5 });
  await tab.seq(2);
  const changed = {
    title: 'Night voices',
    description: 'Until two',
    locale: 'it',
    topics: [topic],
    capacity: 100,
    stageLimit: 5,
  };
  expect(tab.updates()).toMatchObject([{ seq: 2, kind: 'room.changed', changed }]);
  expect((await anna.rpc.room.join({ roomId })).room).toMatchObject(changed);
  expect((await wei.rpc.hallway.get()).rooms.find(({ id }) => id === roomId)).toMatchObject({ title: 'Night voices' });
  const log = await house.db.select().from(roomUpdate).where(eq(roomUpdate.roomId, roomId));
  expect(JSON.stringify(log)).not.toMatch(/Night|Until/);
});

it.each([
  { title: '' },
  { title: 'x'.repeat(121) },
  { description: 'x'.repeat(501) },
  { capacity: 0 },
  { capacity: 10_001 },
  { stageLimit: 0 },
  { stageLimit: 51 },
])('refuses change %# of a room to what it can’t be', async (change) => {
  expect(await outcome(anna.rpc.room.change({ roomId, ...change }))).toBe('BAD_REQUEST');
});

it('nobody but its moderators changes a room', async () => {
  await onStage(wei);
  expect(await outcome(wei.rpc.room.change({ roomId, locked: true }))).toBe('FORBIDDEN role');
  expect(await outcome(marta.rpc.room.change({ roomId, locked: true }))).toBe('FORBIDDEN not_in_room');
  const asker = { accountId: marta.id as AccountId };
  await expect(house.server.ctx.room.invite(roomId, asker, [wei.id])).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
