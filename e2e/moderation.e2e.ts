import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  openPerson,
  type Person,
  roomParts,
  startRoom,
} from './harness/index.ts';

let house: House;
let anna: Person;
let bruno: Person;
beforeAll(async () => {
  house = await openHouse();
  const phone = { context: { viewport: { width: 390, height: 844 } } };
  [anna, bruno] = await Promise.all([house.person('anna'), house.person('bruno', phone)]);
});
afterAll(() => house?.close());

/** Anna moderates, Bruno is on stage with his microphone open. */
async function bothOnStage(title: string) {
  const roomId = await startRoom(anna, title);
  await enterRoom(anna, roomId);
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  await enterRoom(bruno, roomId);
  await openMicrophone(bruno);
  return roomId;
}

/** What a moderator does with somebody, by the sheet. */
async function act(name: string): Promise<void> {
  await openPerson(anna, bruno);
  await anna.page.getByRole('button', { name, exact: true }).click();
}

test('a microphone that is muted can be opened again; one that is held only after its release', async () => {
  const roomId = await bothOnStage('Order in the room');
  await act('Mute');
  await bruno.page.locator('[data-room] [data-microphone="muted"]').waitFor();
  await openMicrophone(bruno);

  await act('Mute and hold');
  const held = bruno.page.locator('[data-room] [data-microphone="muted"][data-held="true"]');
  await held.waitFor();
  await expect
    .poll(() => roomParts.announcer(bruno).textContent())
    .toContain('A moderator holds your microphone muted');
  expect(await bruno.page.locator('[data-held-line]').textContent()).toContain('Who can release it: Anna.');
  await held.click();
  await bruno.page.getByText('Your microphone is held muted').waitFor();
  await expect.poll(() => roomParts.seat(anna, bruno).getAttribute('data-muted')).toBe('true');

  await act('Release the microphone');
  await openMicrophone(bruno);
  await anna.rpc.room.end({ roomId });
});
