import { createServer } from 'node:http';
import { buildPerson, signInAs } from '@salotto/server/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseInMenu, enterRoom, type House, openHouse, type Person, startRoom } from './harness/index.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

let house: House;
let anna: Person;
let bruno: Person;
beforeAll(async () => {
  // The page that is pinned stands on this machine.
  house = await openHouse({ env: { OUTGOING_LOOPBACK: 'yes' } });
  anna = await house.person('anna');
  bruno = await house.person('bruno', { context: PHONE });
});
afterAll(() => house?.close());

const chat = ({ page }: Person) => page.locator('[data-chat]');
const button = ({ page }: Person) => page.locator('[data-chat-button]');
const message = (person: Person, text: string) => chat(person).locator('[data-message]', { hasText: text });

async function openChat(person: Person) {
  await button(person).click();
  await chat(person).locator('[data-chat-list]').waitFor();
}

async function write(person: Person, text: string) {
  await chat(person).getByLabel('Your message').fill(text);
  await chat(person).getByRole('button', { name: 'Send' }).click();
  await message(person, text).first().waitFor();
}

async function choose(person: Person, text: string, command: string) {
  await message(person, text)
    .getByRole('button', { name: /^Message from/ })
    .click();
  await person.page.getByRole('menuitem', { name: command }).click();
}

/** Somebody who writes without a screen. */
async function writer(handle: string) {
  const account = await buildPerson(house.db, { handle, name: handle });
  return { rpc: house.api((await signInAs(house.db, account)).cookie) };
}

test('people write, answer, see what is new, and a moderator keeps order', async () => {
  const roomId = await startRoom(anna, 'Written and said');
  await Promise.all([enterRoom(anna, roomId), enterRoom(bruno, roomId)]);
  await openChat(anna);
  await chat(anna).getByText('Nothing written yet').waitFor();
  await write(anna, 'Read https://example.org/a(b). Then speak');

  await expect.poll(() => button(bruno).getAttribute('data-unread')).toBe('1');
  expect(await button(bruno).getAttribute('aria-label')).toBe('Chat: 1 unread message');
  await openChat(bruno);
  await chat(bruno).locator('[data-new-messages]').waitFor();
  const link = chat(bruno).getByRole('link', { name: 'https://example.org/a(b)' });
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
  expect(await link.getAttribute('target')).toBe('_blank');
  await expect.poll(async () => (await bruno.rpc.message.marker({ roomId })).readId).toBeGreaterThan(0);

  await choose(bruno, 'Then speak', 'Reply');
  await chat(bruno).locator('[data-reply-to]').waitFor();
  await write(bruno, 'I did, and it is good');
  const quote = message(anna, 'it is good').locator('[data-quote]');
  await quote.waitFor();
  await anna.page.getByTestId('chat-said').getByText('Bruno: I did, and it is good').waitFor({ state: 'attached' });
  await quote.click();
  await expect
    .poll(() =>
      message(anna, 'Then speak')
        .first()
        .evaluate((row) => row === document.activeElement),
    )
    .toBe(true);

  await bruno.context.setOffline(true);
  await chat(bruno).getByLabel('Your message').fill('From a tunnel');
  await chat(bruno).getByRole('button', { name: 'Send' }).click();
  const failed = chat(bruno).locator('[data-outgoing="failed"]');
  await failed.waitFor();
  await bruno.context.setOffline(false);
  await failed.getByRole('button', { name: 'Try again' }).click();
  await message(anna, 'From a tunnel').waitFor();

  await choose(anna, 'From a tunnel', 'Delete');
  await message(anna, 'From a tunnel').getByRole('button', { name: 'Delete', exact: true }).click();
  await message(bruno, 'Deleted by a moderator').waitFor();

  await chat(anna).getByRole('button', { name: 'Chat settings' }).click();
  await chat(anna).getByRole('radio', { name: '30 s' }).click();
  await chat(bruno).locator('[data-slow-mode]').waitFor();
  await chat(anna).getByRole('radio', { name: 'Off', exact: true }).click();
  await chat(bruno).locator('[data-slow-mode]').waitFor({ state: 'detached' });
  await chat(anna).getByRole('radio', { name: 'Moderators' }).click();
  await chat(bruno).locator('[data-chat-closed]').waitFor();
  expect(await chat(bruno).getByLabel('Your message').count()).toBe(0);
  await write(anna, 'Still mine to write');
  await message(bruno, 'Still mine').waitFor();

  await anna.rpc.room.end({ roomId });
  await bruno.page.getByRole('heading', { name: 'This room has ended' }).waitFor();
  expect(await chat(bruno).count()).toBe(0);
});

test('older pages come where one is, and whoever reads them stays there', async () => {
  const roomId = await startRoom(anna, 'Much written');
  const writers = await Promise.all(['carla', 'dora', 'emil', 'fanny', 'gino', 'hans'].map(writer));
  await Promise.all(writers.map(({ rpc }) => rpc.room.join({ roomId })));
  const texts = Array.from({ length: 54 }, (_, n) => `Line ${n + 1}.`);
  for (const [n, text] of texts.entries())
    await writers[n % writers.length]?.rpc.message.post({ roomId, text, key: `key-line-${n}` });
  const post = (text: string, by = 0) => writers[by]?.rpc.message.post({ roomId, text, key: `key-${text}` });
  await anna.rpc.message.markRead({ roomId, messageId: texts.length });
  await enterRoom(anna, roomId);
  await openChat(anna);
  await message(anna, 'Line 54.').waitFor();
  const list = chat(anna).locator('[data-chat-list]');
  const distance = () => list.evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  await expect.poll(distance).toBe(0);
  await post('At the end');
  await message(anna, 'At the end').waitFor();
  await expect.poll(distance).toBe(0);
  expect(await message(anna, 'Line 1.').count()).toBe(0);
  const top = await list.evaluate((box) => {
    box.scrollTop = 100;
    return box.querySelector('[data-message]')?.getBoundingClientRect().top;
  });
  await message(anna, 'Line 1.').waitFor();
  const fifth = message(anna, 'Line 5.');
  expect(await fifth.evaluate((row) => Math.round(row.getBoundingClientRect().top))).toBe(Math.round(top ?? 0));
  const place = await list.evaluate((box) => box.scrollTop);
  await chat(anna).getByRole('button', { name: 'To the newest' }).waitFor();
  await post('Far below', 1);
  await chat(anna).getByRole('button', { name: '1 new message' }).waitFor();
  expect(await list.evaluate((box) => box.scrollTop)).toBe(place);
  await chat(anna).getByRole('button', { name: '1 new message' }).click();
  await expect.poll(distance).toBe(0);
  await anna.rpc.room.end({ roomId });
});

test('a tap reaches everybody as one burst, and a pinned link has its page’s picture', async () => {
  const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#d08040' } })
    .png()
    .toBuffer();
  const pages = createServer((request, response) => {
    if (request.url === '/p.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<head><title>Gardens</title><meta property="og:image" content="/p.png"></head>');
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  try {
    const address = pages.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const roomId = await startRoom(anna, 'Shown to all');
    await Promise.all([enterRoom(anna, roomId), enterRoom(bruno, roomId)]);
    // Neither stays: both are looked for from before the tap.
    const said = anna.page.getByTestId('reactions-said').getByText(/^Reactions: Applause 1/);
    const tap = async () => {
      await bruno.page.getByRole('button', { name: 'Applause' }).click();
      await bruno.page.getByRole('button', { name: 'Heart' }).click();
    };
    await Promise.all([
      anna.page.locator('[data-burst]', { hasText: '👏 1' }).waitFor(),
      said.waitFor({ state: 'attached' }),
      tap(),
    ]);

    await chooseInMenu(anna, 'Pin a link');
    const sheet = anna.page.getByRole('dialog', { name: 'Pinned link' });
    await sheet.getByLabel('Address').fill('javascript:alert(1)');
    await sheet.getByRole('button', { name: 'Pin for everybody' }).click();
    await sheet.getByText('That is not an address of the web.').waitFor();
    await sheet.getByLabel('Address').fill(`http://127.0.0.1:${port}/`);
    await sheet.getByRole('button', { name: 'Pin for everybody' }).click();
    const card = bruno.page.locator('[data-pinned-link]');
    await card.getByText('Gardens').first().waitFor();
    const shown = card.locator('img');
    expect(await shown.getAttribute('src')).toMatch(/^\/pictures\//);
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

    await anna.page.getByRole('button', { name: 'Change the pinned link' }).click();
    await anna.page.getByRole('button', { name: 'Take it down' }).click();
    await card.waitFor({ state: 'detached' });
    await anna.rpc.room.end({ roomId });
  } finally {
    pages.close();
  }
});
