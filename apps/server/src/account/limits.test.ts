import { expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { createSignInLimits } from './limits.ts';

const HOUR_MS = 3_600_000;

test('the whole server sends no more than so many codes in an hour, to however many addresses', async () => {
  const clock = createTestClock();
  const limits = createSignInLimits({ clock: clock.now, clientLimits: false });
  const ask = (n: number) => limits.askForCode({ address: `address-${n}`, client: `192.0.2.${n % 250}` });
  for (let n = 0; n < 1_000; n += 1) await ask(n);
  await expect(ask(1_000)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  clock.advance(HOUR_MS + 1);
  await ask(1_001);
});

test('tries at waiting codes are counted for the whole server, tries at nothing only for their client', async () => {
  const limits = createSignInLimits({ clock: createTestClock().now, clientLimits: true });
  for (let n = 0; n < 60; n += 1) await limits.tryCode({ client: '192.0.2.1' });
  await expect(limits.tryCode({ client: '192.0.2.1' })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  await limits.tryCode({ client: '192.0.2.2' });
  for (let n = 0; n < 5_000; n += 1) await limits.guess();
  await expect(limits.guess()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  await limits.tryCode({ client: '192.0.2.2' });
});
