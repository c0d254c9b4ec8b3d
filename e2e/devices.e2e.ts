import { afterAll, beforeAll, test } from 'vitest';
import { type House, openHouse } from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

test('signing out on another device from the settings takes that device to the door at once', async () => {
  const anna = await house.person('anna', { context: { viewport: { width: 390, height: 844 } } });
  const account = { id: anna.id, handle: anna.handle, name: anna.name, email: anna.email };
  const [phone, tablet] = [await house.signIn(account), await house.signIn(account)];
  await Promise.all([phone.open('/'), tablet.open('/')]);
  await anna.open('/settings');
  const devices = anna.page.getByRole('region', { name: 'Your devices' });
  await devices.getByText('This device').waitFor();

  await devices
    .getByRole('button', { name: /^Sign out on .*last used/ })
    .first()
    .click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click();
  await Promise.any([phone, tablet].map(({ page }) => page.getByRole('link', { name: 'Sign in or join' }).waitFor()));
  await anna.page.getByRole('dialog').waitFor({ state: 'detached' });

  await devices.getByRole('button', { name: 'Sign out on all others' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click();
  await Promise.all([phone, tablet].map(({ page }) => page.getByRole('link', { name: 'Sign in or join' }).waitFor()));
  await devices.getByRole('button', { name: 'Sign out on all others' }).waitFor({ state: 'detached' });
  await anna.page.getByRole('dialog').waitFor({ state: 'detached' });
});
