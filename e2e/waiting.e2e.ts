import { buildPerson } from '@salotto/server/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, type Person, type Visitor } from './harness/index.ts';

const PHONE = { context: { viewport: { width: 390, height: 844 } } };

let house: House;
let anna: Person;
let ada: Person;
beforeAll(async () => {
  house = await openHouse();
  anna = await house.person('anna', { name: 'Anna Ferri' });
  ada = await house.signIn(await buildPerson(house.db, { handle: 'ada', name: 'Ada Rossi', role: 'administrator' }));
  await ada.rpc.door.update({ door: 'waiting' });
});
afterAll(() => house?.close());

/** Registers with a code from the mailbox, and chooses a name. */
async function register(visitor: Visitor, email: string, name: string): Promise<void> {
  const { page } = visitor;
  await visitor.open('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.getByLabel('Code').fill(await house.codeFor(email));
  await page.getByLabel('Your name').fill(name);
  await page.getByText(/^@\w+ is free\.$/).waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  // At once, and not when the page looks again by itself.
  await page.getByRole('heading', { name: 'You are on the list' }).waitFor({ timeout: 10_000 });
}

test('an uninvited person registers, waits, and is waved in by somebody inside who knows them', async () => {
  const wei = await house.visitor(PHONE);
  const { page } = wei;
  await wei.open('/');
  await page.getByText('New people come in one after the other.').waitFor();
  await register(wei, 'wei@example.org', 'Wei Ming');
  await page.getByText('Place 1 of 1').waitFor();
  await page.getByLabel('Say in a sentence who you are').fill('I make radio.');
  await page.getByLabel('Members who know me may find me').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  // The rest of the server is behind the door.
  await wei.open('/people/anna');
  await page.getByRole('heading', { name: 'You are on the list' }).waitFor();

  await anna.open('/invites');
  await anna.page.getByLabel('Addresses of people you know').fill('Wei <wei@example.org>\nsomebody@example.org');
  await anna.page.getByRole('button', { name: 'Look for them' }).click();
  await anna.page.locator('[data-book="2"]').waitFor();
  await anna.page.getByText('I make radio.').waitFor();
  await anna.page.getByRole('button', { name: 'Wave Wei Ming in' }).click();
  await anna.page.getByText('Wei Ming is in').first().waitFor();
  await expect.poll(() => anna.page.locator('[data-known]').count()).toBe(0);
  await anna.page.getByRole('button', { name: 'Forget all' }).click();
  await expect.poll(() => anna.page.locator('[data-book]').count()).toBe(0);

  await wei.open('/');
  await page.getByRole('heading', { name: /Wei/ }).waitFor();
});

test('an administrator sees who waits and lets them in; whoever changes their mind takes themselves off', async () => {
  const [tom, rosa] = [await house.visitor(PHONE), await house.visitor(PHONE)];
  await register(tom, 'tom@example.org', 'Tom Okafor');
  await register(rosa, 'rosa@example.org', 'Rosa Bianchi');
  await rosa.page.getByText('Place 2 of 2').waitFor();

  await ada.open('/admin');
  await ada.page.locator('[data-funnel="2"]').waitFor();
  await ada.page.getByRole('button', { name: 'Let Tom Okafor in' }).click();
  await ada.page.getByText('Tom Okafor is in').first().waitFor();
  await tom.open('/');
  await tom.page.getByRole('heading', { name: /Tom/ }).waitFor();

  await rosa.page.getByRole('button', { name: 'Take me off the list' }).click();
  await rosa.page.getByRole('button', { name: 'Delete everything' }).click();
  await rosa.page.getByLabel('E-mail address').waitFor();
  expect((await anna.rpc.account.checkHandle({ handle: 'rosa_bianchi' })).verdict).toBe('free');
});
