import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, openPerson, roomParts, startRoom, waitConnected } from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

/** Keeps what the page gives to the lock screen, so that a test can press its buttons. */
const LOCK_SCREEN = `
  globalThis.lockScreen = {};
  navigator.mediaSession.setActionHandler = (action, run) => { lockScreen[action] = run };`;

test('hanging up on the lock screen leads home, and the room can be entered again', async () => {
  const anna = await house.person('anna');
  const bruno = await house.person('bruno');
  await bruno.context.addInitScript(LOCK_SCREEN);
  const roomId = await startRoom(anna, 'Hang-up');
  await enterRoom(anna, roomId);
  await bruno.open('/');
  await bruno.page.getByRole('link', { name: 'Hang-up' }).click();
  await waitConnected(bruno);
  await roomParts.listener(anna, bruno).waitFor();
  await bruno.page.evaluate(() => (globalThis as unknown as { lockScreen: { hangup(): void } }).lockScreen.hangup());
  await bruno.page.waitForURL(`${house.origin}/`);
  await roomParts.listener(anna, bruno).waitFor({ state: 'detached' });
  // One step back is the room, and not the hallway once more.
  await bruno.page.goBack();
  await bruno.page.waitForURL(`${house.origin}/rooms/${roomId}`);
  await waitConnected(bruno);
  await anna.rpc.room.end({ roomId });
});

test('a room that does not open has a way back to the hallway', async () => {
  const carla = await house.person('carla');
  const roomId = await startRoom(carla, 'Out of reach');
  await carla.page.route('**/api/rpc/room/join', (route) => route.abort());
  await carla.open(`/rooms/${roomId}`);
  await carla.page.getByText('The server can’t be reached. Trying again…').waitFor();
  await carla.page.getByRole('main').getByRole('link', { name: 'Back to the hallway' }).click();
  await carla.page.waitForURL(`${house.origin}/`);
});

test('signing out leaves the room that goes on', async () => {
  const dan = await house.person('dan');
  const eva = await house.person('eva');
  const roomId = await startRoom(dan, 'Sign-out');
  await enterRoom(dan, roomId);
  await enterRoom(eva, roomId);
  await roomParts.listener(dan, eva).waitFor();
  await eva.page.getByRole('button', { name: 'You and settings' }).click();
  await eva.page.getByRole('menuitem', { name: 'Settings' }).click();
  await eva.page.locator('[data-room-bar]').waitFor();
  const left = eva.page.waitForResponse(/\/api\/rpc\/room\/leave$/);
  await eva.page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  expect((await left).status()).toBe(200);
  await roomParts.listener(dan, eva).waitFor({ state: 'detached' });
  expect(await eva.page.locator('[data-room-bar]').count()).toBe(0);
  await dan.rpc.room.end({ roomId });
});

test('a moderator is not offered to moderate themselves while the profile does not answer', async () => {
  const fee = await house.person('fee');
  const roomId = await startRoom(fee, 'Myself');
  await fee.page.route('**/api/rpc/profile/get*', (route) => route.abort());
  await enterRoom(fee, roomId);
  await openPerson(fee, fee);
  const sheet = fee.page.getByRole('dialog', { name: fee.name });
  await sheet.getByRole('button', { name: 'Back to the audience' }).waitFor();
  expect(await sheet.getByRole('region', { name: 'For moderators' }).count()).toBe(0);
  await fee.rpc.room.end({ roomId });
});
