import type { ParticipationId, RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  participationOf,
  roomIdOf,
  roomParts,
  startRoomOnScreen,
  tone,
} from './harness/index.ts';

let house: House;
let speaker: Person;
let roomId: RoomId;
let place: ParticipationId;
beforeAll(async () => {
  house = await openHouse();
  speaker = await house.person('anna');
  await speaker.open('/');
  await startRoomOnScreen(speaker, 'Through the move');
  await openMicrophone(speaker);
  roomId = roomIdOf(speaker);
  place = await participationOf(speaker, speaker);
}, 120_000);
afterAll(() => house?.close());

/** Somebody whose pages are of the build before the server's, until the server is said to have theirs. */
async function personOfBefore(handle: string): Promise<Person> {
  const person = await house.person(handle);
  await person.context.addInitScript(() => {
    if (localStorage.getItem('test.newer')) return;
    new MutationObserver(() => {
      document.querySelector('meta[name=salotto-build]')?.setAttribute('content', 'before');
    }).observe(document, { childList: true, subtree: true });
  });
  return person;
}

/** How often a page was asked for from now on. */
function countPages({ page }: Person): () => number {
  let pages = 0;
  page.on('request', (request) => {
    if (request.resourceType() === 'document') pages += 1;
  });
  return () => pages;
}

/** Hears the speaker, whatever page is shown. */
async function expectSound(listener: Person): Promise<void> {
  const ear = await listener.record(place);
  const heard = async () => {
    await speaker.say(tone({ seconds: 0.5 }));
    return ear.loudest(1);
  };
  await expect.poll(heard, { timeout: 20_000 }).toBeGreaterThan(0.1);
  await ear.stop();
}

test('in a room nothing is said of a newer build; between rooms it is offered, and a reload brings it', async () => {
  const listener = await personOfBefore('bruno');
  const { page } = listener;
  await listener.open('/');
  await page.getByText('A newer version is ready.').waitFor();
  await enterRoom(listener, roomId);
  await expectSound(listener);
  expect(await page.getByText('A newer version is ready.').count()).toBe(0);
  const pages = countPages(listener);

  await house.server.stop();
  await house.server.start();
  await expect.poll(() => roomParts.microphone(speaker).isVisible(), { timeout: 20_000 }).toBe(true);
  await expectSound(listener);
  expect(await page.getByText('A newer version is ready.').count()).toBe(0);
  expect(pages()).toBe(0);

  await page
    .getByRole('button', { name: /^Leave/ })
    .first()
    .click();
  await page.getByText('A newer version is ready.').waitFor();
  await page.evaluate(() => localStorage.setItem('test.newer', 'yes'));
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { name: /Bruno/ }).waitFor();
  await page
    .getByRole('link', { name: /Through the move/ })
    .first()
    .waitFor();
  expect(await page.getByText('A newer version is ready.').count()).toBe(0);
});

test('a part of the app that is gone takes nothing from who is in a room, and outside a reload is offered', async () => {
  const listener = await house.person('carla');
  const { page } = listener;
  await enterRoom(listener, roomId);
  await expectSound(listener);
  const pages = countPages(listener);
  await listener.context.route(/\/assets\/settings-page-/, (route) => route.fulfill({ status: 404, body: '' }));

  await page.getByRole('button', { name: 'You and settings' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'This page didn’t open' }).waitFor();
  await page.getByRole('status').getByText('The sound goes on; reload after the room.').waitFor();
  await expectSound(listener);
  expect(pages()).toBe(0);

  await page
    .locator('[data-room-bar]')
    .getByRole('button', { name: /^Leave/ })
    .click();
  await page.getByRole('status').getByText('A newer version is ready.').waitFor();
  await listener.context.unroute(/\/assets\/settings-page-/);
  await page.getByRole('main').getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(pages()).toBe(1);
});

test('the server says which build it has', async () => {
  const page = await (await fetch(house.origin, { headers: { accept: 'text/html' } })).text();
  const build = /name="salotto-build" content="([^"]+)"/.exec(page)?.[1];
  expect(build).toMatch(/^[\w-]{12}$/);
  expect(await house.api().about.get()).toMatchObject({ build, contractVersion: 1 });
});
