import { dbfs } from '@salotto/audio';
import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  acceptOffer,
  chooseInMenu,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  startRoom,
  tone,
  type Visitor,
  waitConnected,
} from './harness/index.ts';

let house: House;
let anna: Person;
let lena: Visitor;
let roomId: RoomId;
let link: URL;
/** What the server refused to the guest's browser, by procedure. */
const refused: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  const phone = { context: { viewport: { width: 390, height: 844 } } };
  [anna, lena] = await Promise.all([house.person('anna', { name: 'Anna Ferri' }), house.visitor(phone)]);
  roomId = await startRoom(anna, 'Voices from outside');
  await enterRoom(anna, roomId);
});
afterAll(() => house?.close());

const guestOnScreen = ({ page }: Pick<Person, 'page'>) =>
  page
    .locator('[data-room] li')
    .filter({ hasText: 'Lena' })
    .filter({ has: page.locator('[data-guest]') });

test('a moderator makes a speaker link and sees what is left of it', async () => {
  const { page } = anna;
  await chooseInMenu(anna, 'Guest links');
  const sheet = page.getByRole('dialog', { name: 'Guest links' });
  await sheet.getByText('No link is open').waitFor();
  await sheet.getByRole('radio', { name: 'Speak' }).check();
  await sheet.getByLabel('For how many people').fill('many');
  await sheet.getByRole('button', { name: 'Make a guest link' }).click();
  await sheet.getByText('A number from 1 to 1000, or nothing.').waitFor();
  await sheet.getByLabel('For how many people').fill('2');
  await sheet.getByRole('button', { name: 'Make a guest link' }).click();
  await sheet.getByRole('img', { name: 'QR code of the guest link' }).waitFor();
  link = new URL(await sheet.getByLabel('Address of the guest link').inputValue());
  expect(link.pathname).toBe('/g');
  await sheet.getByRole('button', { name: 'All guest links' }).click();
  await sheet.getByText('2 uses left, until the room ends').waitFor();
  await page.keyboard.press('Escape');
});

test('whoever opens it is told where it leads, and comes in under a name of their own', async () => {
  const { page } = lena;
  const sent: string[] = [];
  page.on('request', (request) => void sent.push(request.url()));
  page.on('response', (response) => {
    if (response.url().includes('/api/') && response.status() >= 400) refused.push(new URL(response.url()).pathname);
  });
  await lena.open(`${link.pathname}${link.hash}`);
  await page.getByRole('heading', { name: 'Voices from outside' }).waitFor();
  await page.getByText('Anna Ferri invites you into this room:').waitFor();
  await page.getByText('You are offered the stage.', { exact: false }).waitFor();
  expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(2);
  expect(await lena.context.cookies()).toEqual([]);

  const enter = page.getByRole('button', { name: 'Enter as a guest' });
  await enter.click();
  await page.getByText('Type a name first.').waitFor();
  await page.getByLabel('Your name').fill('Аnnа Fеrri');
  await enter.click();
  await page.getByText('Somebody in the room is called like that', { exact: false }).waitFor();
  expect(refused.splice(0)).toEqual(['/api/rpc/guest/enter']);
  await page.getByLabel('Your name').fill('Lena');
  await enter.click();
  await waitConnected(lena);
  await guestOnScreen(anna).first().waitFor();
  expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(1);
  expect(sent.filter((url) => url.includes(link.hash.slice(1)))).toEqual([]);
});

test('the guest accepts the stage that the link offers, and is heard', async () => {
  await acceptOffer(lena);
  await openMicrophone(lena);
  const seat = anna.page.locator('ul [data-role="speaker"]');
  await seat.getByText('guest', { exact: true }).waitFor();
  const of = (await seat.getAttribute('data-participation')) ?? undefined;
  await anna.page.locator(`[data-room-audio] audio[data-participation="${of}"]`).waitFor({ state: 'attached' });
  const recording = await anna.record(of);
  await lena.say(tone({ seconds: 2 }));
  await expect.poll(async () => recording.loudest(0.5), { timeout: 10_000 }).toBeGreaterThan(0.1);
  expect(dbfs(await recording.stop())).toBeGreaterThan(-40);
});

test('a guest has the room and nothing beside it; a reload keeps them in', async () => {
  const { page } = lena;
  await page.locator('[data-room]').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Share the address' }).waitFor();
  for (const name of ['Call people in', 'Guest links']) {
    expect(await page.getByRole('menuitem', { name }).count(), name).toBe(0);
  }
  await page.keyboard.press('Escape');
  await page.locator('[data-room] [data-role="moderator"] button').click();
  await page.getByRole('dialog', { name: 'Anna Ferri' }).waitFor();
  expect(await page.getByRole('button', { name: 'Follow Anna Ferri' }).count()).toBe(0);
  await page.reload();
  await waitConnected(lena);
  await page.locator('[data-room] [data-microphone]').waitFor();
  await lena.open(`/rooms/${roomId}`);
  await waitConnected(lena);
  expect(new URL(page.url()).pathname).toBe('/g');
  expect(refused).toEqual([]);
  expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(1);
});

test('a member who opens the link of a closed room comes in with their own account, and is offered the stage', async () => {
  await anna.rpc.room.change({ roomId, visibility: 'closed' });
  const bruno = await house.person('bruno');
  await bruno.open(`${link.pathname}${link.hash}`);
  await bruno.page.getByText('You come in with your own account, as Bruno.').waitFor();
  await bruno.page.getByRole('button', { name: 'Enter the room' }).click();
  await waitConnected(bruno);
  expect(new URL(bruno.page.url()).pathname).toBe(`/rooms/${roomId}`);
  await bruno.page.getByRole('region', { name: 'Offer of the stage' }).waitFor();
  await bruno.page.close();
});

test('a guest who leaves can come back; one who was removed can not, by reload, link or new tab', async () => {
  const { page } = lena;
  await page.getByRole('button', { name: 'Leave quietly' }).click();
  await page.getByRole('heading', { name: 'You left the room' }).waitFor();
  await page.getByRole('button', { name: 'Come back in' }).click();
  await waitConnected(lena);

  await guestOnScreen(anna).first().getByRole('button').first().click();
  await anna.page.getByRole('button', { name: 'Remove from the room' }).click();
  await anna.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('heading', { name: 'A moderator removed you' }).waitFor();
  expect(await page.locator('[data-room-audio] audio').count()).toBe(0);
  await page.getByRole('button', { name: /^Join / }).waitFor();

  const told = 'A moderator removed you from the room of this link, so it no longer lets you in.';
  await lena.open(`${link.pathname}${link.hash}`);
  await page.reload();
  await page.getByText(told).waitFor();
  const tab = await lena.newTab();
  await tab.open(`${link.pathname}${link.hash}`);
  await tab.page.getByText(told).waitFor();
  await tab.page.close();
  const { token } = await anna.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'hour', uses: null });
  await lena.open(`/g#${token}`);
  await page.getByText(told).waitFor();
});

test('when the room ends, its guests are told so, and are nobody’s guests any more', async () => {
  const tom = await house.visitor();
  const { token } = await anna.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'room', uses: 1 });
  await tom.open(`/g#${token}`);
  await tom.page.getByLabel('Your name').fill('Tom');
  await tom.page.getByRole('button', { name: 'Enter as a guest' }).click();
  // Somebody was removed who came from this network: a moderator looks who it is.
  await tom.page.getByRole('heading', { name: 'You are in the lobby' }).waitFor();
  await anna.rpc.room.letAllIn({ roomId });
  await waitConnected(tom);
  await anna.rpc.room.end({ roomId });
  await tom.page.getByRole('heading', { name: 'This room has ended' }).waitFor();
  await tom.page.reload();
  await tom.page.getByText('The room that this link leads to has ended.').waitFor();
  await tom.page.getByRole('button', { name: /^Join / }).click();
  await tom.page.getByLabel('E-mail address').waitFor();
});
