import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const EMAIL = 'giulia@example.org';

test('somebody new signs up with a code from the mailbox, and is still signed in after a restart of the server', async () => {
  const giulia = await house.visitor();
  const { page } = giulia;
  await giulia.open('/');
  await page.getByRole('link', { name: 'Sign in or join' }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Code', { exact: true }).waitFor();

  const mailbox = await giulia.context.newPage();
  await mailbox.goto(house.server.mailboxUrl());
  const mail = mailbox.locator('article', { hasText: EMAIL }).first();
  const code = ((await mail.locator('strong').textContent()) ?? '').trim();
  expect(code).toMatch(/^\d{6}$/);
  await mailbox.close();

  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await page.getByLabel('Code', { exact: true }).fill(wrong);
  await page.getByText('This code is not the right one.').waitFor();
  await page.getByText('4 tries are left.').waitFor();
  await page.getByLabel('Code', { exact: true }).fill(code);

  await page.getByLabel('Your name').fill('Giulia Rossi');
  const handle = page.getByLabel('Your handle');
  await handle.fill('admin');
  await page.getByText('This handle is reserved.').waitFor();
  await handle.fill('giulia');
  await page.getByText('@giulia is free.').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Go on with initials' }).click();
  await page.getByRole('heading', { name: /Giulia/ }).waitFor();

  const cookies = await giulia.context.cookies(house.origin);
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

  await house.server.stop();
  await house.server.start();
  await page.reload();
  await page.getByRole('heading', { name: /Giulia/ }).waitFor();

  await page.getByRole('button', { name: 'You and settings' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in or join' }).waitFor();
  expect((await giulia.context.cookies(house.origin)).filter(({ name }) => name === 'salotto')).toEqual([]);
  await page.goto(`${house.origin}/settings`);
  await page.getByLabel('E-mail address').waitFor();
});

test('a code is worth nothing in another browser', async () => {
  const [asker, thief] = await Promise.all([house.visitor(), house.visitor()]);
  await asker.open('/sign-in');
  await asker.page.getByLabel('E-mail address').fill('paolo@example.org');
  await asker.page.getByRole('button', { name: 'Send the code' }).click();
  const code = await house.codeFor('paolo@example.org');
  await thief.open('/');
  const answer = await thief.page.request.post(`${house.origin}/api/account/sign-in`, { data: { code } });
  expect(answer.status()).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'CODE_REFUSED', data: { reason: 'other_browser' } });
});

test('a profile is edited, with a picture of which one chooses what everybody sees', async () => {
  const [anna, bruno] = await Promise.all([house.person('anna', { name: 'Anna Ferri' }), house.person('bruno')]);
  const left = await sharp({ create: { width: 240, height: 400, channels: 3, background: '#1f40a6' } })
    .png()
    .toBuffer();
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#a6401f' } })
    .composite([{ input: left, left: 0, top: 0 }])
    .png()
    .toBuffer();
  const { page } = anna;
  await anna.open('/me/edit');
  await page.locator('input[type=file]').setInputFiles({ name: 'anna.png', mimeType: 'image/png', buffer: picture });
  const sheet = page.getByRole('dialog', { name: 'Choose what is seen' });
  const view = sheet.getByRole('application');
  await view.hover();
  await page.mouse.down();
  await page.mouse.move(0, 0, { steps: 3 });
  await page.mouse.up();
  await view.hover();
  await page.mouse.wheel(0, -400);
  await expect.poll(() => sheet.getByRole('slider', { name: 'Size' }).inputValue()).not.toBe('1');
  await view.focus();
  for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('-');
  for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('ArrowLeft');
  await sheet.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('button', { name: 'Another picture' }).waitFor();

  await page.getByLabel('What you do').fill('Radio journalist');
  await page.getByLabel('About you').fill('I ask, others answer.');
  await page.getByLabel('Role').fill('Night editor');
  await page.getByLabel('Organisation', { exact: true }).fill('City radio');
  await page.getByLabel('Industry').selectOption({ label: 'Media and publishing' });
  await page.getByLabel('Add a language').selectOption({ label: 'Italian' });
  await page.getByRole('button', { name: 'Remove Italian' }).waitFor();
  await page.getByRole('checkbox', { name: 'Music' }).check();
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByLabel('Link 1', { exact: true }).fill('http://anna.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write an address that begins with https://').waitFor();
  await page.getByLabel('Link 1', { exact: true }).fill('anna.example/radio');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**/people/anna');

  await bruno.open('/people/anna');
  const profile = bruno.page.locator('#page');
  await profile.getByText('Radio journalist', { exact: true }).waitFor();
  for (const text of ['Night editor, City radio', 'Media and publishing', 'Italian', 'I ask, others answer.', 'Music'])
    await profile.getByText(text).waitFor();
  expect(await profile.getByRole('link', { name: 'anna.example/radio' }).getAttribute('href')).toBe(
    'https://anna.example/radio',
  );
  const shown = bruno.page.locator('main img').first();
  await shown.waitFor();
  const bytes = await bruno.page.request.get(`${house.origin}${await shown.getAttribute('src')}`);
  const { data } = await sharp(await bytes.body())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 3)].map((colour) => colour > 100)).toEqual([true, false, false]);
});

test('people are followed, unfollowed and blocked', async () => {
  const [chiara, dario] = await Promise.all([house.person('chiara'), house.person('dario')]);
  const profile = chiara.page.locator('#page');
  await chiara.open('/people/dario');
  await profile.getByRole('button', { name: 'Follow Dario', exact: true }).click();
  await profile.getByRole('button', { name: 'Following Dario' }).waitFor();
  await expect.poll(() => chiara.rpc.follow.ids()).toEqual([dario.id]);
  await dario.open('/people/chiara');
  await dario.page.getByText('Follows you').waitFor();

  await profile.getByRole('button', { name: 'Following Dario' }).click();
  await expect.poll(() => chiara.rpc.follow.ids()).toEqual([]);
  await profile.getByRole('button', { name: 'Follow Dario', exact: true }).click();
  await expect.poll(() => chiara.rpc.follow.ids()).toEqual([dario.id]);

  await profile.getByRole('button', { name: 'More' }).click();
  await chiara.page.getByRole('menuitem', { name: 'Block' }).click();
  await chiara.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await chiara.page.getByText('You blocked this person.').waitFor();
  expect(await chiara.rpc.follow.ids()).toEqual([]);
  await dario.page.reload();
  await dario.page.getByText('No room behind this door').waitFor();
  await profile.getByRole('button', { name: 'Unblock' }).click();
  await profile.getByRole('button', { name: 'Follow Dario', exact: true }).waitFor();
});
