import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  acceptOffer,
  chooseInMenu,
  enterRoom,
  expectSameStage,
  type House,
  offerStage,
  openHouse,
  openMicrophone,
  openPerson,
  type Person,
  raiseHand,
  roomIdOf,
  roomParts,
  startRoom,
  startRoomOnScreen,
  waitConnected,
} from './harness/index.ts';

let house: House;
let [anna, bruno, carla, dan]: Person[] = [];
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno, carla, dan] = await Promise.all(['anna', 'bruno', 'carla', 'dan'].map((name) => house.person(name)));
});
afterAll(() => house?.close());

const people = () => [anna, bruno, carla, dan].filter((one) => one !== undefined) as [Person, Person, Person, Person];
const at = (person: Person, roomId: RoomId) => `${house.origin}/rooms/${roomId}` === person.page.url();

/** Everybody in one room, without the screens: the first moderates, as many as said are on stage, the others listen. */
async function gather(title: string, everybody: Person[]): Promise<RoomId> {
  const [moderator] = everybody as [Person];
  const roomId = await startRoom(moderator, title);
  await enterRoom(moderator, roomId);
  await Promise.all(everybody.slice(1).map((one) => enterRoom(one, roomId)));
  return roomId;
}

async function call(moderator: Person, listener: Person): Promise<void> {
  await raiseHand(listener);
  await offerStage({ moderator, listener });
  await acceptOffer(listener);
}

test('a room is started with a title alone, and stands in everybody’s hallway without a reload', async () => {
  const [anna, bruno] = people();
  await bruno.open('/');
  await bruno.page.getByText('It’s quiet in the hallway').waitFor();
  await anna.open('/');
  await startRoomOnScreen(anna, 'Coffee and the week’s news');
  await waitConnected(anna);
  const roomId = roomIdOf(anna);
  await roomParts
    .microphone(anna)
    .and(anna.page.locator('[data-microphone="muted"], [data-microphone="open"]'))
    .waitFor();

  const card = bruno.page.getByRole('link', { name: 'Coffee and the week’s news' });
  await card.waitFor();
  await card.click();
  await waitConnected(bruno);
  expect(at(bruno, roomId)).toBe(true);
  await roomParts.listener(anna, bruno).waitFor();
  await expectSameStage([anna, bruno], [{ person: anna, role: 'moderator' }]);

  await bruno.page.getByRole('button', { name: 'Leave quietly' }).click();
  await roomParts.listener(anna, bruno).waitFor({ state: 'detached' });
  await bruno.page.waitForURL(`${house.origin}/`);
  await anna.rpc.room.end({ roomId });
  await bruno.page.getByText('It’s quiet in the hallway').waitFor();
});

test('hands go up and down, the stage is offered, accepted and given back', async () => {
  const [anna, bruno, carla] = people();
  const roomId = await gather('Hands', [anna, bruno, carla]);
  const queue = anna.page.getByRole('list', { name: 'Raised hands' });

  await raiseHand(bruno);
  await raiseHand(carla);
  await expect.poll(() => queue.getByRole('listitem').count()).toBe(2);
  await bruno.page.getByRole('button', { name: /^Hand raised.* Lower your hand$/ }).click();
  await bruno.page.locator('button[data-hand="lowered"]').waitFor();
  await expect.poll(() => queue.getByRole('listitem').count()).toBe(1);

  await offerStage({ moderator: anna, listener: carla });
  await acceptOffer(carla);
  const moderator = { person: anna, role: 'moderator' };
  const speaker = { person: carla, role: 'speaker' };
  const both = [moderator, speaker];
  await expectSameStage([anna, bruno, carla], both);
  await queue.waitFor({ state: 'detached' });

  await openMicrophone(carla);
  await expectSameStage([anna, bruno, carla], [moderator, { ...speaker, muted: false }]);
  await openPerson(anna, carla);
  await anna.page.getByRole('button', { name: 'Mute', exact: true }).click();
  await carla.page.locator('[data-room] [data-microphone="muted"]').waitFor();
  await expectSameStage([anna, bruno, carla], both);

  await chooseInMenu(carla, 'Back to the audience');
  await expectSameStage([anna, bruno, carla], [{ person: anna, role: 'moderator' }]);
  await roomParts.hand(carla).waitFor();
  await anna.rpc.room.end({ roomId });
});

test('a removed person has no way back in', async () => {
  const [anna, bruno, carla] = people();
  const roomId = await gather('Order', [anna, bruno, carla]);
  await call(anna, bruno);
  await openPerson(anna, bruno);
  await anna.page.getByRole('button', { name: 'Make moderator' }).click();
  const stage = [
    { person: anna, role: 'moderator' },
    { person: bruno, role: 'moderator' },
  ];
  await expectSameStage([anna, bruno, carla], stage);

  await openPerson(bruno, carla);
  await bruno.page.getByRole('button', { name: 'Remove from the room' }).click();
  await bruno.page.getByRole('button', { name: 'Remove', exact: true }).click();
  const told = { name: 'A moderator removed you' };
  await carla.page.getByRole('heading', told).waitFor();
  await roomParts.listener(anna, carla).waitFor({ state: 'detached' });
  expect(await carla.page.locator('[data-room-audio] audio').count()).toBe(0);

  await carla.page.reload();
  await carla.page.getByRole('heading', told).waitFor();
  const tab = await carla.newTab();
  await tab.open(`/rooms/${roomId}`);
  await tab.page.getByRole('heading', told).waitFor();
  await tab.page.close();
  const refused = { code: 'FORBIDDEN', data: { reason: 'removed' } };
  await expect(carla.rpc.room.join({ roomId })).rejects.toMatchObject(refused);
  await expect(carla.rpc.room.connect({ roomId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expectSameStage([anna, bruno], stage);
  await anna.rpc.room.end({ roomId });
});

test('the room lives on when its starter leaves, under whoever was longest on stage', async () => {
  const [anna, bruno, carla, dan] = people();
  const roomId = await gather('It goes on', [anna, bruno, carla, dan]);
  await call(anna, bruno);
  await call(anna, carla);
  await anna.page.getByRole('button', { name: 'Leave quietly' }).click();
  await expectSameStage(
    [bruno, carla, dan],
    [
      { person: bruno, role: 'moderator' },
      { person: carla, role: 'speaker' },
    ],
  );
  await roomParts.announcer(bruno).getByText('You are a moderator now.').waitFor({ state: 'attached' });
  await call(bruno, dan);
  await bruno.rpc.room.end({ roomId });
});

test('a moderator ends the room for everybody', async () => {
  const [anna, bruno, carla] = people();
  await gather('The end', [anna, bruno]);
  await carla.open('/');
  await carla.page.getByRole('link', { name: 'The end' }).waitFor();
  await chooseInMenu(anna, 'End the room');
  await anna.page.getByRole('dialog').getByRole('button', { name: 'End the room' }).click();
  for (const { page } of [anna, bruno]) await page.getByRole('heading', { name: 'This room has ended' }).waitFor();
  await carla.page.getByRole('link', { name: 'The end' }).waitFor({ state: 'detached' });
});

test('a moderator answers hands on a phone, and hears on while looking around', async () => {
  const [, bruno, carla] = people();
  const phone = { context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
  const elena = await house.person('elena', phone);
  const roomId = await gather('In a pocket', [elena, bruno, carla]);
  await openMicrophone(elena);
  await raiseHand(bruno);
  await elena.page.getByRole('button', { name: 'Raised hands: 1 person' }).tap();
  await offerStage({ moderator: elena, listener: bruno });
  await acceptOffer(bruno);
  await elena.page.getByText('No hands raised').waitFor();
  await elena.page.getByRole('button', { name: 'Close' }).tap();
  const stage = [
    { person: elena, role: 'moderator', muted: false },
    { person: bruno, role: 'speaker' },
  ];
  await expectSameStage([elena, bruno, carla], stage);

  const sound = carla.page.locator('[data-room-audio] audio');
  await sound.waitFor({ state: 'attached' });
  await carla.page.getByRole('link', { name: 'Back to the hallway, the sound goes on' }).click();
  const bar = carla.page.locator('[data-room-bar]');
  await bar.getByText('You are listening').waitFor();
  expect(await sound.evaluate((element) => (element as HTMLAudioElement).paused)).toBe(false);
  await elena.page.getByRole('link', { name: 'Back to the hallway, the sound goes on' }).tap();
  const muting = elena.page.locator('[data-room-bar] [data-microphone="open"]');
  await muting.tap();
  await bar.getByRole('link', { name: 'Back to the room: In a pocket' }).click();
  await expectSameStage([bruno, carla], [{ person: elena, role: 'moderator' }, stage[1] as (typeof stage)[0]]);
  await elena.page.locator('[data-room-bar]').getByRole('button', { name: 'Leave quietly' }).tap();
  await expectSameStage([bruno, carla], [{ person: bruno, role: 'moderator' }]);
  await bruno.rpc.room.end({ roomId });
});

test('one person is in a room once: a second tab takes over, and the first can take it back', async () => {
  const [anna, bruno] = people();
  const roomId = await gather('Twice', [anna, bruno]);
  const second = await anna.newTab();
  await enterRoom(second, roomId);
  await anna.page.getByRole('heading', { name: 'This room is open in another tab' }).waitFor();
  await anna.page.getByRole('button', { name: 'Use it here' }).click();
  await waitConnected(anna);
  await second.page.getByRole('heading', { name: 'This room is open in another tab' }).waitFor();
  await expectSameStage([anna, bruno], [{ person: anna, role: 'moderator' }]);
  await second.page.close();
  await anna.rpc.room.end({ roomId });
});
