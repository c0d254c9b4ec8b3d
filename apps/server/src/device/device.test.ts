import { CLOSE_SIGNED_OUT } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAs } from '../testing/people.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/server.ts';
import { openTab } from '../testing/tab.ts';

const FIREFOX = 'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0';
const HOUR = 60 * 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
}, 60_000);
afterAll(() => server.close());

/** The same person on another device. */
async function onAnother(person: SignedIn, userAgent = FIREFOX) {
  const signedIn = await signInAs(server.db, person, { userAgent });
  return { ...signedIn, rpc: server.client(signedIn.cookie) };
}
const tabOf = (device: { cookie: string }) => openTab({ origin: server.origin, cookie: device.cookie });
const idsOf = async (device: Pick<SignedIn, 'rpc'>) => (await device.rpc.device.list()).map(({ id }) => id);

test('one’s devices in words, this one marked, and nobody else’s', async () => {
  const anna = await server.person();
  await server.person();
  const phone = await onAnother(anna);
  const list = await anna.rpc.device.list();
  expect(list).toHaveLength(2);
  expect(list.find(({ here }) => here)).toMatchObject({ id: anna.signInId, browser: null, system: null });
  expect(list.find(({ here }) => !here)).toMatchObject({ id: phone.signInId, browser: 'Firefox', system: 'Android' });
  expect(JSON.stringify(list)).not.toMatch(/Gecko|127\.0\.0\.1/);
});

test('the one that was used last comes first', async () => {
  const anna = await server.person();
  const phone = await onAnother(anna);
  for (const device of [phone, anna, phone]) {
    server.clock.advance(2 * HOUR);
    await device.rpc.account.me();
    expect((await idsOf(anna))[0]).toBe(device.signInId);
  }
  const [first] = await anna.rpc.device.list();
  expect(first?.lastUsedAt).toBe(server.clock.now());
  expect(first?.signedInAt).toBeLessThan(server.clock.now() - 4 * HOUR);
});

test('signing out on one closes what is open there within a second, and nothing else', async () => {
  const anna = await server.person();
  const [phone, tablet] = [await onAnother(anna), await onAnother(anna)];
  const [lost, kept] = [await tabOf(phone), await tabOf(tablet)];
  await anna.rpc.device.signOut({ id: phone.signInId });
  expect(await lost.closed(1_000)).toBe(CLOSE_SIGNED_OUT);
  await expect(phone.rpc.device.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await idsOf(anna)).toEqual(expect.arrayContaining([anna.signInId, tablet.signInId]));
  await anna.rpc.device.signOutOthers();
  expect(await kept.closed(1_000)).toBe(CLOSE_SIGNED_OUT);
  expect(await idsOf(anna)).toEqual([anna.signInId]);
});

test('another person’s sign-in is not there to be ended, nor one that is over', async () => {
  const [anna, bruno] = [await server.person(), await server.person()];
  await expect(anna.rpc.device.signOut({ id: bruno.signInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await anna.rpc.device.signOutOthers();
  expect(await idsOf(bruno)).toEqual([bruno.signInId]);
  const phone = await onAnother(anna);
  await anna.rpc.device.signOut({ id: phone.signInId });
  await expect(anna.rpc.device.signOut({ id: phone.signInId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each(['waiting', 'paused'] as const)('somebody who is %s may look after their own', async (status) => {
  const person = await server.person({ status, hasProfile: false });
  const phone = await onAnother(person);
  await person.rpc.device.signOut({ id: phone.signInId });
  expect(await idsOf(person)).toEqual([person.signInId]);
});

test('nobody signed in, nothing to see', async () => {
  const { device } = server.client();
  await expect(device.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(device.signOutOthers()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
