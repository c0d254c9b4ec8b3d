import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  barriersOn,
  bringOnStage,
  chooseInMenu,
  enterRoom,
  expectSameStage,
  type House,
  openHouse,
  openPerson,
  type Person,
  roomParts,
  startRoom,
  waitConnected,
} from './harness/index.ts';

const PHONE = { context: { viewport: { width: 390, height: 844 } } };

let house: House;
let [anna, bruno, carla]: Person[] = [];
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno, carla] = await Promise.all([
    house.person('anna'),
    house.person('bruno', PHONE),
    house.person('carla', PHONE),
  ]);
});
afterAll(() => house?.close());

const people = () => [anna, bruno, carla].filter((one) => one !== undefined) as [Person, Person, Person];

/** Barriers on what is shown now. */
async function barriers({ page }: Person): Promise<string[]> {
  const violations = await barriersOn(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag22aa'] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(' ')}`));
}

test('somebody is sent away for a day, is told until when, and is let back in', async () => {
  const [anna, bruno] = people();
  const roomId = await startRoom(anna, 'Manners');
  await enterRoom(anna, roomId);
  await enterRoom(bruno, roomId);
  await roomParts.listener(anna, bruno).waitFor();
  await openPerson(anna, bruno);
  await anna.page.getByRole('button', { name: 'Remove from the room' }).click();
  await anna.page.getByRole('radio', { name: '1 day' }).check();
  expect(await barriers(anna)).toEqual([]);
  await anna.page.getByRole('button', { name: 'Remove', exact: true }).click();
  const told = bruno.page.getByText('You can come back at');
  await told.waitFor();
  expect(await barriers(bruno)).toEqual([]);
  await bruno.page.reload();
  await told.waitFor();

  await chooseInMenu(anna, 'Sent away');
  await anna.page.getByText('Out until').waitFor();
  expect(await barriers(anna)).toEqual([]);
  await anna.page.getByRole('button', { name: 'Let Bruno back in' }).click();
  await anna.page.getByText('Nobody was sent away').waitFor();
  await enterRoom(bruno, roomId);
  await anna.rpc.room.end({ roomId });
});

test('a seat moves to a second device after a question, and another room after one', async () => {
  const [anna, bruno] = people();
  const roomId = await startRoom(anna, 'First room');
  await enterRoom(anna, roomId);
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await enterRoom(bruno, roomId);
  const { id, handle, name, email } = bruno;
  const phone = await house.signIn({ id, handle, name, email }, PHONE);
  await phone.open(`/rooms/${roomId}`);
  await phone.page.getByRole('heading', { name: 'You are in this room on another device' }).waitFor();
  expect(await barriers(phone)).toEqual([]);
  await phone.page.getByRole('button', { name: 'Move here' }).click();
  await waitConnected(phone);
  await bruno.page.getByRole('button', { name: 'Use it here' }).waitFor();
  const both = [
    { person: anna, role: 'moderator' },
    { person: bruno, role: 'speaker' },
  ];
  await expectSameStage([anna, phone], both);

  const other = await startRoom(anna, 'Second room');
  await phone.open(`/rooms/${other}`);
  await phone.page.getByText('gives up your seat in “First room”').waitFor();
  expect(await barriers(phone)).toEqual([]);
  await expectSameStage([anna], both);
  await phone.page.getByRole('button', { name: 'Leave it and enter here' }).click();
  await waitConnected(phone);
  await expectSameStage([anna], both.slice(0, 1));
  await phone.close();
  await anna.rpc.room.end({ roomId });
  await anna.rpc.room.end({ roomId: other });
});

test('the end says who was on stage and what is live, and one can follow', async () => {
  const [anna, bruno, carla] = people();
  const roomId = await startRoom(anna, 'A long evening');
  await enterRoom(anna, roomId);
  await enterRoom(carla, roomId);
  const next = await startRoom(bruno, 'The night goes on');
  await anna.rpc.room.change({ roomId, locked: true });
  await carla.page.getByTestId('room-news').getByText('The door is locked now.').waitFor({ state: 'attached' });
  await anna.rpc.room.end({ roomId });
  for (const { page } of [anna, carla]) await page.getByRole('heading', { name: 'This room has ended' }).waitFor();
  await anna.page.locator('[data-who-spoke]').getByRole('link', { name: 'Anna' }).waitFor();
  await carla.page.getByRole('button', { name: 'Follow Anna' }).click();
  await carla.page.getByRole('button', { name: 'Following Anna' }).waitFor();
  await carla.page.locator('[data-next-rooms]').getByText('The night goes on').waitFor();
  for (const theme of ['dark', 'light']) {
    await carla.page.locator('html').evaluate((html, chosen) => html.setAttribute('data-theme', chosen), theme);
    expect(await barriers(carla)).toEqual([]);
  }
  await carla.page.getByRole('link', { name: /The night goes on/ }).click();
  await waitConnected(carla);
  await bruno.rpc.room.end({ roomId: next });
});
