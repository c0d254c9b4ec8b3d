import {
  type AccountId,
  type Hear,
  NOTIFICATION_KEPT_MS,
  NOTIFICATIONS_KEPT,
  type NotificationKind,
  type RoomId,
  type ServerMessage,
} from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { openTab } from '../testing/tab.ts';
import { isQuiet } from './policy.ts';

let house: TestServer;
beforeAll(async () => {
  house = await createTestServer();
});
afterAll(() => house.close());

let anna: SignedIn;
let bruno: SignedIn;
beforeEach(async () => {
  [anna, bruno] = await Promise.all([house.person(), house.person()]);
});

const tell = (from: SignedIn, to: { id: AccountId }) =>
  house.server.ctx.notification.notify({ accountId: to.id, kind: 'wave', actorId: from.id });
type News = Extract<ServerMessage, { type: 'notifications' }>;

async function watchedTab(person: SignedIn) {
  const tab = await openTab({ origin: house.origin, cookie: person.cookie });
  tab.watch('me');
  const news = () => tab.messages.filter((message): message is News => message.type === 'notifications');
  const after = (count: number) => tab.until(() => (news().length > count ? news()[count] : undefined));
  return { ...tab, after };
}

describe('how much somebody wants to hear', () => {
  it.each<[NotificationKind, Hear | null, boolean, boolean]>([
    ['ping', null, false, false],
    ['ping', 'always', false, false],
    ['ping', 'sometimes', false, true],
    ['ping', 'sometimes', true, false],
    ['ping', 'never', true, true],
    ['wave', null, false, false],
    ['wave', 'sometimes', false, false],
    ['wave', 'never', false, true],
    ['wave_accepted', 'never', false, false],
  ])('%s, of whom one hears %s (in this room: %s) → quiet: %s', (kind, hear, heardInRoom, quiet) => {
    expect(isQuiet({ kind, hear, heardInRoom })).toBe(quiet);
  });

  test('decides what is counted and rings; whoever called sees no difference', async () => {
    const { ctx } = house.server;
    const starter = await house.person();
    for (const person of [anna, starter]) await bruno.rpc.follow.follow({ accountId: person.id });
    await bruno.rpc.follow.setHear({ accountId: anna.id, hear: 'sometimes' });
    const roomOf = (person: SignedIn) =>
      person.rpc.room.start({ title: 'Calls', locale: 'en', key: crypto.randomUUID() });
    const call = async (roomId: RoomId) =>
      ctx.notification.notify({ accountId: bruno.id, kind: 'ping', actorId: anna.id, roomId });
    const unseen = async () => (await ctx.notification.news(bruno.id, null)).unseen;
    const stranger = await house.person();
    const { roomId } = await roomOf(stranger);
    expect([await call(roomId), await unseen()]).toEqual([true, 0]);
    expect(await bruno.rpc.notification.list()).toMatchObject([{ kind: 'ping', seenAt: expect.any(Number) }]);
    expect(await ctx.notification.pinged(roomId, [bruno.id])).toEqual(new Set([bruno.id]));
    expect([await call((await roomOf(anna)).roomId), await unseen()]).toEqual([true, 1]);
    await bruno.rpc.follow.setHear({ accountId: anna.id, hear: 'never' });
    expect([await call((await roomOf(starter)).roomId), await unseen()]).toEqual([true, 1]);
  });
});

describe('notifications', () => {
  test('are told at once to open tabs, with how many wait', async () => {
    await tell(anna, bruno);
    const tab = await watchedTab(bruno);
    expect(await tab.after(0)).toMatchObject({ unseen: 1, fresh: null });
    await tell(anna, bruno);
    const told = await tab.after(1);
    expect(told).toMatchObject({ unseen: 2, fresh: { kind: 'wave', actor: { id: anna.id }, seenAt: null } });
    await bruno.rpc.notification.see({ id: told.fresh?.id as never });
    expect(await tab.after(2)).toMatchObject({ unseen: 1, fresh: null });
    await bruno.rpc.notification.seeAll();
    expect(await tab.after(3)).toMatchObject({ unseen: 0, fresh: null });
    tab.cut();
  });

  test('are one’s own, newest first', async () => {
    await tell(anna, bruno);
    house.clock.advance(1_000);
    await tell(anna, bruno);
    const [newest, older] = await bruno.rpc.notification.list();
    expect(newest?.at).toBeGreaterThan(older?.at ?? 0);
    await anna.rpc.notification.see({ id: newest?.id as never });
    expect((await bruno.rpc.notification.list()).map(({ seenAt }) => seenAt)).toEqual([null, null]);
    expect(await anna.rpc.notification.list()).toEqual([]);
  });

  test('of somebody who is blocked are neither shown nor counted', async () => {
    await tell(anna, bruno);
    await bruno.rpc.block.block({ accountId: anna.id });
    expect(await bruno.rpc.notification.list()).toEqual([]);
    expect(await house.server.ctx.notification.news(bruno.id, null)).toEqual({ unseen: 0, fresh: null });
  });

  test(`are forgotten after a month, and beyond the newest ${NOTIFICATIONS_KEPT}`, async () => {
    for (let n = 0; n < NOTIFICATIONS_KEPT + 3; n += 1) {
      await tell(anna, bruno);
      house.clock.advance(1);
    }
    const list = () => house.server.ctx.notification.list(bruno.id);
    const kept = await list();
    expect(kept).toHaveLength(NOTIFICATIONS_KEPT);
    house.clock.advance(NOTIFICATION_KEPT_MS - 50);
    await house.server.ctx.notification.forgetOld();
    expect((await list()).length).toBeLessThan(NOTIFICATIONS_KEPT);
    expect((await list())[0]?.id).toBe(kept[0]?.id);
    house.clock.advance(100);
    await house.server.ctx.notification.forgetOld();
    expect(await list()).toEqual([]);
  });
});
