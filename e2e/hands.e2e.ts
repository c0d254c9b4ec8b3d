import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  acceptOffer,
  bringOnStage,
  chooseInMenu,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  raiseHand,
  startRoom,
} from './harness/index.ts';

let house: House;
let anna: Person;
let bruno: Person;
let carla: Person;
const phone = { context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } };
beforeAll(async () => {
  house = await openHouse();
  anna = await house.person('anna');
  bruno = await house.person('bruno', { organisation: 'City library' });
  carla = await house.person('carla', phone);
});
afterAll(() => house?.close());

async function gather(title: string): Promise<RoomId> {
  const roomId = await startRoom(anna, title);
  await enterRoom(anna, roomId);
  await Promise.all([enterRoom(bruno, roomId), enterRoom(carla, roomId)]);
  return roomId;
}

test('hands are called in the order that the moderators choose, and everybody can see why', async () => {
  const roomId = await gather('Questions');
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await bruno.rpc.room.leaveStage({ roomId });
  await raiseHand(bruno);
  await raiseHand(carla);
  const own = carla.page.locator('[data-queue-place]');
  await expect.poll(() => own.textContent()).toMatch(/^2nd in the queue, waiting \d:\d\d$/);
  const places = () =>
    anna.page
      .locator('[data-place]')
      .evaluateAll((rows) => rows.map((row) => `${(row as HTMLElement).dataset.place} ${row.textContent}`));
  await expect.poll(places).toHaveLength(2);
  expect((await places())[0]).toMatch(/^1 .*bruno.*spoken 0:00/i);

  await anna.page.getByRole('button', { name: 'Order: first come, first called' }).click();
  await anna.page.getByRole('menuitem', { name: 'not on stage yet first' }).click();
  await carla.page.getByText('Hands are called in a new order: not on stage yet first.').first().waitFor();
  await expect.poll(() => own.textContent()).toMatch(/^1st in the queue/);
  await expect.poll(async () => (await places())[0]).toMatch(/^1 .*carla.*not on stage yet/i);
  await anna.page.getByRole('button', { name: `Call the next: ${carla.name}` }).click();
  await acceptOffer(carla);

  await chooseInMenu(bruno, 'Who was called, and why');
  const why = bruno.page.getByRole('dialog').getByRole('list', { name: 'Who was called, and why' });
  await why.getByText(`${carla.name} was called first: had not been on stage yet`).waitFor();
  await why.getByText(`${anna.name} changed the order: not on stage yet first.`).waitFor();
  await why.getByText(`${anna.name} offered ${bruno.name} the stage, without a raised hand.`).waitFor();
  await anna.rpc.room.end({ roomId });
});

test('a turn has a clock that everybody sees, set by a moderator', async () => {
  const roomId = await gather('One minute each');
  await bringOnStage({ moderator: anna, listener: carla, roomId });
  await chooseInMenu(anna, 'Time for a turn');
  const sheet = anna.page.getByRole('dialog', { name: 'Time for a turn' });
  await sheet.getByText('1', { exact: true }).click();
  await sheet.getByText('Mute', { exact: true }).click();
  await expect
    .poll(async () => (await anna.rpc.room.join({ roomId })).room.turnClock)
    .toEqual({ seconds: 60, mutes: true });
  await openMicrophone(carla);
  for (const { page } of [bruno, carla]) {
    const turn = page.locator(`[data-account="${carla.id}"] [data-turn="going"]`);
    await expect.poll(() => turn.textContent()).toMatch(/^(1:00|0:\d\d) left$/);
  }
  await anna.rpc.room.end({ roomId });
});
