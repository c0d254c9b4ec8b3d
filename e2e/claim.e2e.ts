import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, type Visitor } from './harness/index.ts';

let house: House;
let administrator: Visitor;
beforeAll(async () => {
  house = await openHouse({ claimed: false });
  administrator = await house.visitor();
});
afterAll(() => house?.close());

async function chooseName(visitor: Visitor, name: string, handle: string): Promise<void> {
  const { page } = visitor;
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your handle').fill(handle);
  await page.getByText(`@${handle} is free.`).waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Go on with initials' }).click();
}

/** The address that the sheet shows, as the QR code has it. */
async function shownLink(): Promise<string> {
  await administrator.page.getByRole('img', { name: 'QR code of the link below' }).waitFor();
  const link = await administrator.page.locator('[data-link]').inputValue();
  await administrator.page.keyboard.press('Escape');
  return link;
}

test('a new server belongs to nobody, and nobody can join', async () => {
  const visitor = await house.visitor();
  await visitor.open('/');
  await visitor.page.getByText('This server has not been claimed yet.').waitFor();
  await visitor.open('/sign-in');
  await visitor.page.getByLabel('E-mail address').fill('early@example.org');
  await visitor.page.getByRole('button', { name: 'Send the code' }).click();
  await expect.poll(() => visitor.page.getByText('This server has not been claimed yet.').count()).toBe(2);
});

test('the link in the file claims it, without mail, and only when it is confirmed', async () => {
  const file = join(house.server.dataDir, 'claim-link.txt');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const link = readFileSync(file, 'utf8').trim();
  expect(house.server.output()).toContain(file);
  expect(house.server.output()).not.toContain(link.split('#')[1]);

  const preview = await house.visitor();
  await preview.open(link);
  await preview.page.getByRole('heading', { name: 'This server is yours to claim' }).waitFor();
  expect(await house.api().about.get()).toMatchObject({ signUp: 'unclaimed' });

  const { page } = administrator;
  await administrator.open(link);
  await page.getByRole('button', { name: 'Claim this server' }).click();
  await chooseName(administrator, 'Ada Rossi', 'ada');
  await page.getByRole('heading', { name: 'Name your server' }).waitFor();
  expect(await house.api().about.get()).toMatchObject({ signUp: 'closed' });
  await page.getByLabel('Name of the server').fill('Radio Nord');
  await page.getByLabel('中文').uncheck();
  await page.getByText('Closed').click();
  await page.getByRole('button', { name: 'Into the hallway' }).click();
  await page.getByRole('heading', { name: /Ada/ }).waitFor();
  const named = { name: 'Radio Nord', locales: ['en', 'it'], signUp: 'closed' };
  await expect.poll(() => house.api().about.get()).toMatchObject(named);
  expect(() => statSync(file)).toThrow();

  await preview.page.getByRole('button', { name: 'Claim this server' }).click();
  await preview.page.getByText('This link was used already.').waitFor();
});

test('the administrator lets somebody in by a link, and back in by another', async () => {
  const { page } = administrator;
  await page.getByRole('button', { name: 'You and settings' }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const entry = await shownLink();

  const newcomer = await house.visitor();
  await newcomer.open('/');
  await newcomer.page.getByText('New people come in by a link from whoever runs this server.').waitFor();
  await newcomer.open(entry);
  await newcomer.page.getByRole('heading', { name: 'You are invited to Radio Nord' }).waitFor();
  await newcomer.page.getByRole('button', { name: 'Come in' }).click();
  await chooseName(newcomer, 'Bruno Neri', 'bruno');
  await newcomer.page.getByRole('heading', { name: /Bruno/ }).waitFor();
  await newcomer.page.goto(`${house.origin}/admin`);
  await newcomer.page.getByText('Only an administrator of this server may do that.').waitFor();

  await page.getByLabel('Their handle').fill('nobody_here');
  await page.getByRole('button', { name: 'Make a sign-in link' }).click();
  await page.getByText('Nobody here has this handle.').waitFor();
  await page.getByLabel('Their handle').fill('@Bruno');
  await page.getByRole('button', { name: 'Make a sign-in link' }).click();
  const back = await shownLink();

  const phone = await house.visitor({ context: { viewport: { width: 390, height: 844 } } });
  await phone.open(back);
  await phone.page.getByRole('heading', { name: 'Sign in as Bruno Neri' }).waitFor();
  await phone.page.getByRole('button', { name: 'Sign in' }).click();
  await phone.page.getByRole('heading', { name: /Bruno/ }).waitFor();
});

test('a link that was revoked opens nothing', async () => {
  const { page } = administrator;
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await shownLink();
  await page.getByRole('button', { name: /^Revoke the link, until/ }).click();
  await expect.poll(() => page.getByRole('button', { name: /^Revoke the link, until/ }).count()).toBe(0);
  const visitor = await house.visitor();
  await visitor.open(link);
  await visitor.page.getByText('This link was never given out, or it was taken back.').waitFor();
  await visitor.open(link.slice(0, -9));
  await visitor.page.getByText('A part of it is missing.').waitFor();
});
