import { buildPerson } from '@salotto/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, type Person } from './harness/index.ts';

let house: House;
let anna: Person;
let ada: Person;
beforeAll(async () => {
  house = await openHouse();
  anna = await house.person('anna', { name: 'Anna Ferri', context: { viewport: { width: 390, height: 844 } } });
  ada = await house.signIn(await buildPerson(house.db, { handle: 'ada', name: 'Ada Rossi', role: 'administrator' }));
  await ada.rpc.door.update({ door: 'closed' });
});
afterAll(() => house?.close());

test('a member invites somebody by name and reason, who comes in by the link', async () => {
  const { page } = anna;
  await anna.open('/settings');
  await page.getByRole('link', { name: 'Invitations' }).click();
  await page.getByText('You have 3 invitations').waitFor();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('For whom').fill('Bruno');
  await page.getByLabel('Why').fill('You tell stories like nobody else.');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  const code = await page.locator('[data-code]').textContent();
  const link = await page.getByLabel('Address of the link').inputValue();
  expect(link).toBe(`${house.origin}/enter#${code}`);
  await page.keyboard.press('Escape');
  await page.getByText('You have 2 invitations').waitFor();

  const bruno = await house.visitor();
  await bruno.open(link);
  await bruno.page.getByRole('heading', { name: 'Bruno, Anna Ferri invites you to Salotto' }).waitFor();
  await bruno.page.getByText('You tell stories like nobody else.').waitFor();
  await bruno.page.getByRole('button', { name: 'Come in' }).click();
  await bruno.page.getByLabel('Your name').fill('Bruno Neri');
  await bruno.page.getByText('@bruno_neri is free.').waitFor();
  await bruno.page.getByRole('button', { name: 'Go on' }).click();
  await bruno.page.getByRole('button', { name: 'Go on with initials' }).click();
  await bruno.page.getByRole('heading', { name: /Bruno/ }).waitFor();

  await anna.open('/people/bruno_neri');
  await page.getByText('nominated by').getByRole('link', { name: 'Anna Ferri' }).waitFor();

  const late = await house.visitor();
  await late.open(link);
  await late.page.getByText('This link was used already. Ask for a new one.').waitFor();
});

test('an administrator sees the branch, pauses it in one act and takes that back', async () => {
  const { page } = ada;
  await ada.open('/admin');
  await page.getByRole('button', { name: /Anna Ferri.*brought one person/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('[data-branch="2"]').waitFor();
  await expect.poll(() => sheet.getByRole('listitem').filter({ hasText: 'Bruno Neri' }).count()).toBe(2);
  await sheet.getByRole('button', { name: 'Pause' }).click();
  await sheet.locator('[data-act="pause"]').getByText('2 people').waitFor();

  await anna.page.goto(house.origin);
  await anna.page.getByRole('heading', { name: 'Your account is paused' }).waitFor();

  await sheet.locator('[data-act="pause"]').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sheet.locator('[data-act]').count()).toBe(0);
  await anna.page.goto(house.origin);
  await anna.page.getByRole('heading', { name: /Anna/ }).waitFor();
});
