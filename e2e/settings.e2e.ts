import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chooseInMenu,
  enterRoom,
  type House,
  openHouse,
  type Person,
  roomIdOf,
  startRoom,
  startRoomOnScreen,
  waitConnected,
} from './harness/index.ts';

let house: House;
let [anna, bruno, carla]: Person[] = [];
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno, carla] = await Promise.all(['anna', 'bruno', 'carla'].map((name) => house.person(name)));
});
afterAll(() => house?.close());

const people = () => [anna, bruno, carla].filter((one) => one !== undefined) as [Person, Person, Person];

async function openSettings(moderator: Person) {
  await chooseInMenu(moderator, 'Room settings');
  const sheet = moderator.page.getByRole('dialog', { name: 'Room settings' });
  await sheet.getByLabel('Title').waitFor();
  return sheet;
}

test('a closed room is opened while people look at the hallway, and says what it is', async () => {
  const [anna, bruno, carla] = people();
  await anna.open('/');
  await startRoomOnScreen(anna, 'Behind the curtain', 'Closed');
  await waitConnected(anna);
  const roomId = roomIdOf(anna);
  await anna.page.locator('main [data-visibility="closed"]').waitFor();

  await bruno.open(`/rooms/${roomId}`);
  await bruno.page.getByRole('heading', { name: 'This room is for invited people' }).waitFor();
  await carla.open('/');
  await carla.page.getByText('It’s quiet in the hallway').waitFor();

  const sheet = await openSettings(anna);
  await sheet.getByLabel('Title').fill('Before the curtain');
  await sheet.getByLabel('Description').fill('Everybody who has ever stood on a stage.\nBring a story.');
  await sheet.getByRole('radio', { name: 'Open' }).check();
  await sheet.getByRole('button', { name: 'Save for everybody' }).click();
  await anna.page.getByRole('dialog').waitFor({ state: 'detached' });

  await carla.page.getByRole('link', { name: 'Before the curtain' }).click();
  await waitConnected(carla);
  await carla.page.getByText('Bring a story.').waitFor();
  await anna.rpc.room.change({ roomId, title: 'After the curtain', description: '' });
  await carla.page.getByRole('heading', { name: 'After the curtain' }).waitFor();
  await bruno.open('/');
  await bruno.page.getByRole('link', { name: 'After the curtain' }).waitFor();
  await anna.rpc.room.end({ roomId });
});

test('a locked door and a full room say so, and open again', async () => {
  const [anna, bruno, carla] = people();
  const roomId = await startRoom(anna, 'Two chairs');
  await enterRoom(anna, roomId);
  await chooseInMenu(anna, 'Lock the door');
  await anna.page.locator('main [data-locked]').waitFor();
  await bruno.open(`/rooms/${roomId}`);
  await bruno.page.getByRole('heading', { name: 'The door is locked' }).waitFor();
  await chooseInMenu(anna, 'Unlock the door');
  await anna.page.locator('main [data-locked]').waitFor({ state: 'detached' });

  const sheet = await openSettings(anna);
  await sheet.getByLabel('Places in the room').fill('none');
  await sheet.getByRole('button', { name: 'Save for everybody' }).click();
  await sheet.getByText('A number from 1 to 10,000, or nothing.').waitFor();
  await sheet.getByLabel('Places in the room').fill('2');
  await sheet.getByRole('button', { name: 'Save for everybody' }).click();
  await anna.page.getByRole('dialog').waitFor({ state: 'detached' });

  await bruno.page.getByRole('button', { name: 'Try again' }).click();
  await waitConnected(bruno);
  await carla.open(`/rooms/${roomId}`);
  await carla.page.getByRole('heading', { name: 'The room is full' }).waitFor();
  await bruno.rpc.room.leave({ roomId });
  await carla.page.getByRole('button', { name: 'Try again' }).click();
  await waitConnected(carla);
  expect((await carla.rpc.room.join({ roomId })).room.capacity).toBe(2);
  await anna.rpc.room.end({ roomId });
});
