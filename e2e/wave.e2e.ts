import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chooseInMenu,
  expectSameStage,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  roomIdOf,
  roomParts,
  waitConnected,
} from './harness/index.ts';

let house: House;
let anna: Person;
let bruno: Person;
let carla: Person;
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno, carla] = await Promise.all([house.person('anna'), house.person('bruno'), house.person('carla')]);
  for (const other of [bruno, carla]) {
    await other.rpc.follow.follow({ accountId: anna.id });
    await anna.rpc.follow.follow({ accountId: other.id });
  }
});
afterAll(() => house?.close());

const card = ({ page }: Person, kind: string) =>
  page.getByRole('region', { name: 'Calls and waves' }).locator(`[data-notification="${kind}"]`);

test('somebody called into a closed room gets a card in the hallway, and comes in by it', async () => {
  await bruno.open('/');
  await bruno.page.locator('[data-unseen="0"]').waitFor();
  const input = { title: 'Behind a door', locale: 'en', visibility: 'closed' } as const;
  const { roomId } = await anna.rpc.room.start({ ...input, key: crypto.randomUUID() });
  await anna.open(`/rooms/${roomId}`);
  await waitConnected(anna);
  await chooseInMenu(anna, 'Call people in');
  const sheet = anna.page.getByRole('dialog', { name: 'Call people in' });
  await sheet.getByLabel('Search your followers').fill('bru');
  await sheet.getByRole('button', { name: 'Call Bruno in' }).click();
  await sheet.getByText('Called', { exact: true }).waitFor();
  await card(bruno, 'ping').getByText('Anna calls you into “Behind a door”').waitFor();
  await card(bruno, 'ping').getByRole('button', { name: 'Join' }).click();
  await waitConnected(bruno);
  expect(roomIdOf(bruno)).toBe(roomId);
  await anna.page.keyboard.press('Escape');
  await roomParts.listener(anna, bruno).waitFor();
  await anna.page.keyboard.press('?');
  await anna.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await anna.page.keyboard.press('Escape');
  await anna.rpc.room.end({ roomId });
});

test('an accepted wave opens a closed room with both on stage', async () => {
  await carla.open('/');
  await carla.page.locator('[data-unseen="0"]').waitFor();
  await anna.open('/');
  await anna.page.getByRole('button', { name: 'Wave at Carla' }).click();
  await anna.page.getByText('Waved, waiting…').waitFor();
  await card(carla, 'wave').getByRole('button', { name: 'Talk' }).click();
  await waitConnected(carla);
  await waitConnected(anna);
  expect(roomIdOf(anna)).toBe(roomIdOf(carla));
  await openMicrophone(anna);
  await openMicrophone(carla);
  await expectSameStage(
    [anna, carla],
    [
      { person: anna, role: 'moderator', muted: false },
      { person: carla, role: 'speaker', muted: false },
    ],
  );
});
