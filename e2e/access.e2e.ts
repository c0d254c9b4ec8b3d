import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  barriers,
  bringOnStage,
  chooseInMenu,
  enterRoom,
  type House,
  openHouse,
  openPerson,
  type Person,
  raiseHand,
  roomIdOf,
  roomParts,
  startRoom,
  waitConnected,
} from './harness/index.ts';

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };
const TABS_MOST = 60;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

test.each([
  ['phone', PHONE],
  ['wide', WIDE],
])(
  'no screen has a barrier (%s)',
  async (size, viewport) => {
    const context = { viewport };
    const visitor = await house.visitor({ context });
    const found: string[] = [];
    const check = async (page: Page, screen: string) => void found.push(...(await barriers({ page, screen })));

    await visitor.open('/');
    await visitor.page.locator('h1').waitFor();
    await check(visitor.page, 'first screen');
    await visitor.open('/sign-in');
    await visitor.page.getByLabel('E-mail address').waitFor();
    await check(visitor.page, 'sign-in');

    const [anna, bruno, carla] = (await Promise.all(
      ['anna', 'bruno', 'carla'].map((name) => house.person(`${name}_${size}`, { context, headline: 'Gardener' })),
    )) as [Person, Person, Person];
    const roomId = await startRoom(anna, 'Gardens in winter');
    await bruno.open('/');
    await bruno.page.getByText('Gardens in winter').first().waitFor();
    await check(bruno.page, 'hallway');
    await bruno.page.getByRole('button', { name: 'Start a room' }).click();
    await bruno.page.getByRole('dialog').waitFor();
    await check(bruno.page, 'start a room');
    for (const [path, screen] of [
      [`/people/${anna.handle}`, 'profile'],
      ['/me/edit', 'edit profile'],
      ['/settings', 'settings'],
      [`/people/${anna.handle}/followers`, 'followers'],
      ['/nowhere', 'not found'],
    ] as const) {
      await bruno.open(path);
      await bruno.page.locator('main h1').waitFor();
      await check(bruno.page, screen);
    }

    await enterRoom(anna, roomId);
    await Promise.all([enterRoom(bruno, roomId), enterRoom(carla, roomId)]);
    await bringOnStage({ moderator: anna, listener: bruno, roomId });
    await raiseHand(carla);
    await roomParts.seat(carla, bruno).waitFor();
    await check(anna.page, 'room, moderator');
    await check(bruno.page, 'room, speaker');
    await check(carla.page, 'room, listener');
    const ofGuests = { roomId, kind: 'speaker', expiry: 'room', uses: 3 } as const;
    const { token } = await anna.rpc.guest.makeLink(ofGuests);
    await visitor.open(`/g#${token}`);
    await visitor.page.getByLabel('Your name').fill(anna.name);
    await visitor.page.getByRole('button', { name: 'Enter as a guest' }).click();
    await visitor.page.locator('[aria-invalid]').waitFor();
    await check(visitor.page, 'guest link');
    await visitor.page.getByLabel('Your name').fill('Lena');
    await visitor.page.getByRole('button', { name: 'Enter as a guest' }).click();
    await waitConnected(visitor);
    await check(visitor.page, 'room, guest');
    await chooseInMenu(anna, 'Guest links');
    await anna.page.getByRole('button', { name: 'Revoke the link: To speak, 2 uses left' }).click();
    await check(anna.page, 'guest links');
    await anna.page.getByRole('button', { name: 'Make a guest link' }).click();
    await anna.page.getByRole('img', { name: 'QR code of the guest link' }).waitFor();
    await check(anna.page, 'guest link, made');
    await anna.page.keyboard.press('Escape');
    await bruno.rpc.message.post({ roomId, text: 'See https://example.org/winter', key: `key-${size}-1` });
    await anna.rpc.message.pinLink({ roomId, url: 'https://example.org/winter', title: 'Winter gardens' });
    await carla.page.locator('[data-pinned-link]').waitFor();
    await carla.page.locator('[data-chat-button]').click();
    const [written] = (await bruno.rpc.message.page({ roomId })).messages;
    await bruno.rpc.message.post({ roomId, text: 'It answers', key: `key-${size}-2`, replyTo: written?.id ?? 0 });
    await carla.page.locator('[data-quote]').waitFor();
    await check(carla.page, 'chat, listener');
    await carla.page.keyboard.press('Escape');
    await carla.page.locator('[data-chat]').waitFor({ state: 'detached' });
    await anna.page.locator('[data-chat-button]').click();
    await anna.page.getByRole('button', { name: 'Chat settings' }).click();
    await anna.page.locator('[data-chat-settings]').waitFor();
    await check(anna.page, 'chat, moderator');
    await anna.page.keyboard.press('Escape');
    await anna.page.locator('[data-chat]').waitFor({ state: 'detached' });
    await openPerson(anna, bruno);
    await check(anna.page, 'person in the room');
    await anna.rpc.room.offerStage({
      roomId,
      participationId: (await carla.rpc.room.join({ roomId })).own.participationId,
    });
    await carla.page.getByRole('region', { name: 'Offer of the stage' }).waitFor();
    await check(carla.page, 'offer of the stage');
    await anna.rpc.room.end({ roomId });
    await carla.page.getByRole('heading', { name: 'This room has ended' }).waitFor();
    await check(carla.page, 'room, ended');
    await visitor.page.getByRole('button', { name: /^Join / }).waitFor();
    await check(visitor.page, 'room, ended for a guest');

    expect(found).toEqual([]);
  },
  180_000,
);

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByLabel(name));
  await target.first().waitFor();
  for (let presses = 0; presses < TABS_MOST; presses++) {
    if (await target.evaluateAll((all) => all.some((one) => one === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not get to ${name}`);
}

test('the keyboard alone signs in, starts a room, opens and mutes the microphone, and leaves', async () => {
  const person = await house.visitor();
  const { page } = person;
  const { keyboard } = page;
  await person.open('/');
  await tabTo(page, 'Sign in or join');
  await keyboard.press('Enter');
  await tabTo(page, 'E-mail address');
  await keyboard.type('keys@example.org');
  await keyboard.press('Enter');
  await tabTo(page, /^Code/);
  await keyboard.type(await house.codeFor('keys@example.org'));
  await tabTo(page, 'Your name');
  await keyboard.type('Kei Tasti');
  await keyboard.press('Enter');
  await tabTo(page, 'Go on with initials');
  await keyboard.press('Enter');

  await tabTo(page, 'Start a room');
  await keyboard.press('Enter');
  await tabTo(page, 'What do you want to talk about?');
  await keyboard.type('By keyboard');
  await keyboard.press('Enter');
  await page.waitForURL(/\/rooms\//);
  await waitConnected(person);
  expect(roomIdOf(person)).not.toBe('');

  const newest = () => roomParts.announcer(person).locator('span').last().textContent();
  await tabTo(page, /^(Muted\. Turn the microphone on|Live\. Mute the microphone)$/);
  const microphone = roomParts.microphone(person);
  if ((await microphone.getAttribute('data-microphone')) === 'open') await keyboard.press('Enter');
  await microphone.and(page.locator('[data-microphone="muted"]')).waitFor();
  await keyboard.press('Enter');
  await microphone.and(page.locator('[data-microphone="open"]')).waitFor();
  await expect.poll(newest).toBe('Your microphone is live. ');
  await keyboard.press('m');
  await microphone.and(page.locator('[data-microphone="muted"]')).waitFor();
  await expect.poll(newest).toBe('Your microphone is muted. ');
  await tabTo(page, 'Leave quietly');
  await keyboard.press('Enter');
  await page.waitForURL(`${house.origin}/`);
});

test('what changes for oneself is announced', async () => {
  const [anna, bruno] = await Promise.all([house.person('ann'), house.person('bru')]);
  const roomId = await startRoom(anna, 'Said aloud');
  await enterRoom(anna, roomId);
  await enterRoom(bruno, roomId);
  const announcer = roomParts.announcer(bruno);
  expect(await announcer.getAttribute('aria-live')).toBe('assertive');
  const hears = (text: string) => announcer.getByText(text).waitFor({ state: 'attached' });

  await bruno.page.locator('body').press('h');
  await hears('Your hand is raised.');
  const { participationId } = (await bruno.rpc.room.join({ roomId })).own;
  await anna.rpc.room.offerStage({ roomId, participationId });
  await hears('You are offered the stage. Accept or decline within a minute.');
  await bruno.rpc.room.acceptOffer({ roomId });
  await hears('You are on stage.');
  await anna.rpc.room.makeModerator({ roomId, participationId });
  await hears('You are a moderator now.');
  await anna.rpc.room.moveToAudience({ roomId, participationId });
  await hears('You are in the audience.');
  await anna.rpc.room.end({ roomId });
  await hears('The room has ended.');
});
