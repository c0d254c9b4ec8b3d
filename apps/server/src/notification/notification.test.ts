import { type AccountId, NOTIFICATION_KEPT_MS, NOTIFICATIONS_KEPT, type ServerMessage } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { openTab } from '../testing/tab.ts';

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
