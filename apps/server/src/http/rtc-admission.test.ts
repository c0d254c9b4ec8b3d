import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let roomId: RoomId;

/** Nothing answers as LiveKit here: who is let in is asked to try again, who isn't is told so. */
const LET_IN = 503;
const REFUSED = 403;

beforeAll(async () => {
  house = await createTestServer();
  [anna, wei] = await Promise.all([house.person(), house.person()]);
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', topics: [], locale: 'en', key: crypto.randomUUID() }));
});
afterAll(() => house?.close());

async function tokenOf(person: SignedIn): Promise<string> {
  await person.rpc.room.join({ roomId });
  return (await person.rpc.room.connect({ roomId })).token;
}

const ask = async (token: string) => (await fetch(`${house.origin}/rtc/validate?access_token=${token}`)).status;

test('lets people of the room in, and nobody without a token', async () => {
  expect(await ask(await tokenOf(wei))).toBe(LET_IN);
  expect(await ask('a.b.c')).toBe(REFUSED);
});

test('a device that signed out does not come back with the token it kept', async () => {
  const guest = await house.person();
  const token = await tokenOf(guest);
  expect(await ask(token)).toBe(LET_IN);
  await guest.rpc.account.signOut();
  expect(await ask(token)).toBe(REFUSED);
});

test('who left, was removed, or whose room ended is refused', async () => {
  const token = await tokenOf(wei);
  await wei.rpc.room.leave({ roomId });
  expect(await ask(token)).toBe(REFUSED);

  const again = await tokenOf(wei);
  expect(await ask(again)).toBe(LET_IN);
  const { own } = await wei.rpc.room.join({ roomId });
  await anna.rpc.room.remove({ roomId, participationId: own.participationId });
  expect(await ask(again)).toBe(REFUSED);

  const mine = await tokenOf(anna);
  expect(await ask(mine)).toBe(LET_IN);
  await anna.rpc.room.end({ roomId });
  expect(await ask(mine)).toBe(REFUSED);
});
