import type { Door } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, codeRequest } from '../db/schema/account.ts';
import { doorListed, serverSettings } from '../db/schema/administration.ts';
import { isMailbox } from '../mail/mailbox.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
let ada: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  ada = await house.person({ role: 'administrator' });
});
afterAll(() => house.close());

let n = 0;
beforeEach(async () => {
  await house.db.delete(doorListed);
  await house.db.update(serverSettings).set({ doorDomains: [] });
});

const mails = (to: string) => {
  const { mailer } = house.server.ctx;
  return isMailbox(mailer) ? mailer.mails().filter((mail) => mail.to === to) : [];
};
const setDoor = (door: Door) => ada.rpc.door.update({ door });
const accountsOf = (email: string) => house.db.$count(account, eq(account.email, email));

/** A browser that asks for a code; what is answered, and the cookie it was left with. */
async function ask(email: string) {
  const response = await fetch(`${house.origin}/api/account/code`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.origin },
    body: JSON.stringify({ email, locale: 'en' }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { status: response.status, body: (await response.json()) as object, cookie };
}

async function signIn(email: string) {
  const { cookie } = await ask(email);
  await expect.poll(() => mails(email).length).toBeGreaterThan(0);
  const code = /^ {4}(\d{6})$/m.exec(mails(email)[0]?.text ?? '')?.[1] ?? '';
  const response = await fetch(`${house.origin}/api/account/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.origin, cookie },
    body: JSON.stringify({ code }),
  });
  const signedIn = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  const me = (await response.json()) as { status: string; code?: string };
  return { me, rpc: house.client(signedIn.join('; ')) };
}

describe('who comes in', () => {
  test('open: everybody', async () => {
    await setDoor('open');
    expect((await signIn(`o${++n}@example.org`)).me.status).toBe('member');
  });

  test('waiting: everybody registers, and those of a listed domain are in at once', async () => {
    await setDoor('waiting');
    await ada.rpc.door.update({ domains: ['press.example'] });
    expect((await signIn(`w${++n}@example.org`)).me.status).toBe('waiting');
    expect((await signIn(`w${++n}@press.example`)).me.status).toBe('member');
    expect((await signIn(`w${++n}@sub.press.example`)).me.status).toBe('waiting');
  });

  test('gated: by domain or by the list, and nobody else has an account made', async () => {
    await setDoor('gated');
    await ada.rpc.door.update({ domains: ['Press.Example'] });
    const answer = await ada.rpc.door.addToList({
      entries: ['Guest.One@example.org', 'guest.one@example.org', '+39 02 1234567', 'nonsense', ' '],
    });
    expect(answer).toEqual({ door: 'gated', domains: ['press.example'], listed: 2, unread: 1 });
    expect((await signIn('guest.one+mail@example.org')).me.status).toBe('member');
    expect((await signIn(`g${++n}@press.example`)).me.status).toBe('member');
    await ask('stranger@example.org');
    await ask('last@press.example');
    await expect.poll(() => mails('last@press.example')).toHaveLength(1);
    expect(mails('stranger@example.org')).toHaveLength(0);
    expect(await accountsOf('stranger@example.org')).toBe(0);
  });

  test('closed: not even those of the list; whoever has an account signs in', async () => {
    await setDoor('closed');
    await ada.rpc.door.addToList({ entries: ['listed@example.org'] });
    const known = await house.person({ email: 'inside@example.org' });
    await ask('listed@example.org');
    expect((await signIn(known.email)).me.status).toBe('member');
    expect(mails('listed@example.org')).toHaveLength(0);
  });

  test('whoever was removed stays out, whatever the door', async () => {
    await setDoor('open');
    const gone = await house.person({ email: 'gone@example.org', status: 'removed' });
    expect((await signIn(gone.email)).me).toMatchObject({ code: 'FORBIDDEN', data: { reason: 'paused' } });
    expect(await gone.rpc.account.me()).toBeNull();
  });

  test('a door that changed while the code was on its way decides as it is then', async () => {
    await setDoor('open');
    const email = `late${++n}@example.org`;
    const { cookie } = await ask(email);
    const code = /^ {4}(\d{6})$/m.exec(mails(email)[0]?.text ?? '')?.[1] ?? '';
    await setDoor('closed');
    const response = await fetch(`${house.origin}/api/account/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.origin, cookie },
      body: JSON.stringify({ code }),
    });
    expect(response.status).toBe(422);
    expect(await accountsOf(email)).toBe(0);
  });
});

describe('from outside nobody learns who has an account', () => {
  test.each<Door>(['open', 'waiting', 'gated', 'closed'])('by what is answered: %s', async (door) => {
    await setDoor(door);
    const known = await house.person({ email: `known.${door}@example.org` });
    const waiting = await house.person({ email: `waiting.${door}@example.org`, status: 'waiting' });
    const answers = [];
    for (const email of [known.email, waiting.email, `nobody.${door}@example.org`]) {
      const { status, body, cookie } = await ask(email);
      answers.push({ status, body, cookie: cookie.length });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    // And a wrong code says the same of all.
    const refusals = [];
    for (const email of [known.email, `nobody.${door}@example.org`]) {
      house.clock.advance(31_000);
      const { cookie } = await ask(email);
      const response = await fetch(`${house.origin}/api/account/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: house.origin, cookie },
        body: JSON.stringify({ code: '000000' }),
      });
      refusals.push(await response.text());
    }
    expect(refusals[1]).toBe(refusals[0]);
  });

  test('what is kept of a list is no address', async () => {
    await ada.rpc.door.addToList({ entries: ['secret.person@example.org'] });
    const rows = await house.db.select().from(doorListed);
    expect(JSON.stringify(rows)).not.toContain('secret');
    expect(await ada.rpc.door.isListed({ entry: 'Secret.Person@example.org' })).toEqual({ listed: true });
    expect((await ada.rpc.door.clearList()).listed).toBe(0);
    expect(await ada.rpc.door.isListed({ entry: 'secret.person@example.org' })).toEqual({ listed: false });
  });
});

describe('who may change the door', () => {
  test('administrators alone', async () => {
    const { rpc } = await house.person();
    for (const call of [
      () => rpc.door.get(),
      () => rpc.door.update({ door: 'open' }),
      () => rpc.door.addToList({ entries: ['a@example.org'] }),
      () => rpc.door.clearList(),
      () => rpc.door.isListed({ entry: 'a@example.org' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN', data: { reason: 'administrator_only' } });
    }
  });

  test('everybody hears of it at once', async () => {
    for (const door of ['waiting', 'gated', 'closed', 'open'] as const) {
      await setDoor(door);
      expect((await house.client().about.get()).signUp).toBe(door);
    }
    await house.db.delete(codeRequest);
  });
});
