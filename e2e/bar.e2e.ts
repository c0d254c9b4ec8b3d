import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  startRoom,
  tone,
} from './harness/index.ts';

let house: House;
let [anna, bruno]: Person[] = [];
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno] = await Promise.all(['anna', 'bruno'].map((name) => house.person(name)));
});
afterAll(() => house?.close());

test('the bar of a room that goes on says who speaks, beside one’s own microphone', async () => {
  const [host, guest] = [anna, bruno] as [Person, Person];
  const roomId = await startRoom(host, 'Going on');
  await enterRoom(host, roomId);
  await enterRoom(guest, roomId);
  await bringOnStage({ moderator: host, listener: guest, roomId });
  await openMicrophone(guest);
  await host.page.setViewportSize({ width: 390, height: 844 });
  await host.page.getByRole('link', { name: 'Back to the hallway, the sound goes on' }).click();
  const bar = host.page.locator('[data-room-bar]');
  await bar.getByText('On stage, muted').waitFor();
  await guest.say(tone({ seconds: 6 }));
  const speakers = bar.locator('[data-speakers="1"]');
  await speakers.waitFor();
  expect(await speakers.textContent()).toBe('Bruno is speaking');
  expect(await bar.getByRole('link').getAttribute('aria-describedby')).not.toBeNull();
  await bar.getByRole('button', { name: 'Muted. Turn the microphone on' }).waitFor();
  await bar.getByText('On stage, muted').waitFor();
});
