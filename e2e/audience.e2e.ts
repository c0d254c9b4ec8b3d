import { buildPerson, signInAs } from '@salotto/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, type Person, startRoom } from './harness/index.ts';

/** One more than the faces that presence carries, and some. */
const CROWD = 52;

let house: House;
let anna: Person;
beforeAll(async () => {
  house = await openHouse();
  anna = await house.person('anna');
});
afterAll(() => house?.close());

/** Listeners without a screen. */
async function fill(roomId: Awaited<ReturnType<typeof startRoom>>) {
  const people = await Promise.all(
    Array.from({ length: CROWD }, async (_, index) => {
      const name = index === 0 ? 'Łucja Wójcik' : `Listener ${index}`;
      return buildPerson(house.db, { name, headline: index === 0 ? 'Archivist' : null });
    }),
  );
  for (const person of people) {
    const { cookie } = await signInAs(house.db, person);
    await house.api(cookie).room.join({ roomId });
  }
}

test('somebody in a large audience is found, called and removed, on a wide screen and a phone', async () => {
  const roomId = await startRoom(anna, 'Full house');
  await enterRoom(anna, roomId);
  const { page } = anna;
  const field = page.getByRole('searchbox', { name: 'Search the audience' });
  await page.getByText('Nobody is listening yet.', { exact: true }).waitFor();
  expect(await field.count()).toBe(0);
  await fill(roomId);

  await field.fill('nobody at all');
  await page.getByRole('status').filter({ hasText: 'Found: 0' }).waitFor();
  await field.fill('lucja WOJ');
  await page.getByRole('status').filter({ hasText: 'Found: 1' }).waitFor();
  const found = page.getByRole('list', { name: 'Found in the audience' }).getByRole('button');
  await found.click();
  const sheet = page.getByRole('dialog', { name: 'Łucja Wójcik' });
  await sheet.getByText('Archivist').first().waitFor();
  await sheet.getByRole('button', { name: 'Offer the stage' }).click();
  await sheet.waitFor({ state: 'detached' });

  await page.setViewportSize({ width: 390, height: 844 });
  await field.fill('archivist');
  await found.click();
  await sheet.getByRole('button', { name: 'Take the offer back' }).waitFor();
  await sheet.getByRole('button', { name: 'Remove from the room' }).click();
  await sheet.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('heading', { name: 'Nobody by that name' }).waitFor();
});
