import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  barriers,
  bringOnStage,
  enterRoom,
  type House,
  openHouse,
  openPerson,
  type Person,
  participationOf,
  roomParts,
  startRoom,
  waitConnected,
} from './harness/index.ts';

/** Commands of the menu, and what the sheets of those are called that have another name. */
const SHEETS = [
  ['Share the address', 'Share the room'],
  ['Call people in'],
  ['Guest links'],
  ['Speaking time'],
  ['Who was called, and why'],
  ['Sound'],
  ['Who may raise a hand'],
  ['Keyboard shortcuts'],
  ['Time for a turn'],
  ['Pin a link', 'Pinned link'],
  ['Room settings'],
  ['Sent away'],
  ['End the room', 'End the room for everyone?'],
] as const;

let house: House;
let people: [Person, Person, Person, Person];
const found: string[] = [];
const check = async ({ page }: Person, screen: string, within?: string) =>
  void found.push(...(await barriers({ page, screen, within })));
const SHEET = '[role="dialog"]:not([aria-modal="false"])';

beforeAll(async () => {
  house = await openHouse();
  const context = { viewport: { width: 390, height: 844 } };
  const person = (handle: string) => house.person(handle, { context, headline: 'Gardener' });
  people = await Promise.all([person('anna'), person('bruno'), person('carla'), person('dan')]);
});
afterAll(() => house?.close());

test('no state of the room has a barrier, and every sheet gives the focus back', async () => {
  const [anna, bruno, carla, dan] = people;
  const { page } = anna;
  const roomId = await startRoom(anna, 'Seen from everywhere');
  await enterRoom(anna, roomId);
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await enterRoom(bruno, roomId);
  await anna.rpc.room.change({ roomId, lobby: true });
  await carla.open(`/rooms/${roomId}`);
  await carla.page.locator('[data-lobby-wait]').waitFor();
  await check(carla, 'lobby');
  await page.getByRole('button', { name: 'Let in Carla' }).waitFor();
  await check(anna, 'lobby, moderator');
  await page.getByRole('button', { name: 'Let in Carla' }).click();
  await waitConnected(carla);
  await anna.rpc.room.change({ roomId, lobby: false });

  const more = page.locator('[data-room]').getByRole('button', { name: 'More' });
  const hasFocus = (part: ReturnType<Page['locator']>) =>
    expect.poll(() => part.evaluate((element) => element === document.activeElement)).toBe(true);
  await more.press('Enter');
  await page.getByRole('menu').waitFor();
  await check(anna, 'menu', '[role="menu"]');
  await page.keyboard.press('Escape');
  await hasFocus(more);
  for (const [command, name = command] of SHEETS) {
    await more.press('Enter');
    await page.getByRole('menuitem', { name: command }).press('Enter');
    const sheet = page.getByRole('dialog', { name });
    await sheet.waitFor();
    await sheet.getByRole('status').waitFor({ state: 'detached' });
    await check(anna, name, SHEET);
    // A key of the room does nothing beneath a sheet, wherever the focus is.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('c');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await page.locator('[data-chat]').count(), name).toBe(0);
    await hasFocus(more);
  }

  await dan.rpc.room.join({ roomId });
  await dan.rpc.room.raiseHand({ roomId });
  const hands = page.getByRole('button', { name: 'Raised hands: 1 person' });
  await hands.press('Enter');
  await page.getByRole('list', { name: 'Raised hands' }).waitFor();
  await check(anna, 'raised hands', SHEET);
  await page.keyboard.press('Escape');
  await hasFocus(hands);
  await dan.rpc.room.leave({ roomId });

  await openPerson(anna, bruno);
  for (const asked of ['Remove from the room', 'Block', 'Hand the room over']) {
    await page.getByRole('button', { name: asked }).press('Enter');
    await page.getByRole('alert').getByRole('button', { name: 'Cancel' }).waitFor();
    await check(anna, asked, SHEET);
    await page.getByRole('alert').getByRole('button', { name: 'Cancel' }).press('Enter');
    await hasFocus(page.getByRole('button', { name: asked }));
  }
  await page.keyboard.press('Escape');
  await hasFocus(roomParts.seat(anna, bruno).getByRole('button'));

  await anna.rpc.room.hold({ roomId, participationId: await participationOf(anna, bruno) });
  await bruno.page.locator('[data-held-line]').waitFor();
  await check(bruno, 'held');
  await anna.rpc.room.change({ roomId, locked: true });
  await dan.open(`/rooms/${roomId}`);
  await dan.page.getByRole('heading', { name: 'The door is locked' }).waitFor();
  await check(dan, 'locked');
  await anna.rpc.room.change({ roomId, locked: false, capacity: 1 });
  await dan.page.getByRole('button', { name: 'Try again' }).click();
  await dan.page.getByRole('heading', { name: 'The room is full' }).waitFor();
  await check(dan, 'full');

  await bruno.rpc.room.leaveStage({ roomId });
  await anna.rpc.room.leave({ roomId });
  await carla.page.locator('[data-closing]').waitFor();
  await check(carla, 'closing');
  expect(found).toEqual([]);
}, 120_000);
