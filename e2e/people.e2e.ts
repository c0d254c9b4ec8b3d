import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from './harness/index.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

test('somebody verifies a work address and is found by the organisation', async () => {
  const [anna, wei] = await Promise.all([
    house.person('anna', { name: 'Anna Ferri', context: PHONE }),
    house.person('wei', { name: '韦明', context: PHONE }),
  ]);
  const { page } = anna;
  await anna.open('/me/edit');
  await page.getByRole('button', { name: 'Verify by work e-mail' }).click();
  const sheet = page.getByRole('dialog', { name: 'Verify your organisation' });
  await sheet.getByLabel('Work e-mail address').fill('info@hospital.example');
  await sheet.getByRole('button', { name: 'Send the code' }).click();
  await sheet.getByText('Several people may read this address. Use your own.').waitFor();
  await sheet.getByLabel('Work e-mail address').fill('anna.ferri@hospital.example');
  await sheet.getByRole('button', { name: 'Send the code' }).click();
  await sheet.getByLabel('Code').fill(await house.codeFor('anna.ferri@hospital.example'));
  await sheet.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Verified: hospital.example').waitFor();

  await wei.open('/');
  await wei.page.getByRole('button', { name: 'You and settings' }).click();
  await wei.page.getByRole('menuitem', { name: 'Find people' }).click();
  await wei.page.getByText('Whom would you like to hear?').waitFor();
  await wei.page.getByLabel('Organisation', { exact: true }).fill('hospital.example');
  const found = wei.page.getByRole('listitem').filter({ hasText: 'Anna Ferri' });
  await found.getByText('Verified: hospital.example').waitFor();
  await found.getByRole('button', { name: 'Follow Anna Ferri' }).click();
  await found.getByRole('button', { name: 'Following Anna Ferri' }).waitFor();
  await wei.page.getByLabel('Name or words').fill('nobody at all');
  await wei.page.getByRole('heading', { name: 'Nobody like that is here' }).waitFor();
  await wei.page.getByLabel('Organisation', { exact: true }).fill('');
  await wei.page.getByLabel('Name or words').fill('韦明');
  await wei.page.getByRole('link', { name: '韦明' }).waitFor();
  expect(await wei.rpc.follow.ids()).toEqual([anna.id]);
});
