import type { Locale } from '@salotto/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { entryLink, serverSettings } from '../db/schema/administration.ts';
import { isMailbox } from '../mail/mailbox.ts';
import { createTestServer, type TestServer } from '../testing/index.ts';
import { createEntryLinks } from './links.ts';

const DAY = 86_400_000;

let house: TestServer;
beforeAll(async () => {
  house = await createTestServer({}, { claimed: false });
});
afterAll(() => house.close());
beforeEach(async () => {
  for (const table of [entryLink, serverSettings, account]) await house.db.delete(table);
});

let ahead = 0;
const aDayLater = () => {
  house.clock.advance(DAY);
  ahead += DAY;
};
afterEach(() => {
  house.clock.advance(-ahead);
  ahead = 0;
});

const links = () => createEntryLinks({ db: house.db, clock: house.clock.now });
const operatorToken = async () => (await links().makeForOperator()).token;
const mails = () => {
  const { mailer } = house.server.ctx;
  return isMailbox(mailer) ? mailer.mails() : [];
};

/** Uses a link as a browser does; the cookie comes with the answer. */
async function use(token: string, locale: Locale = 'en') {
  const response = await fetch(`${house.origin}/api/account/link/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.origin },
    body: JSON.stringify({ token, locale }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { status: response.status, body: await response.json(), rpc: house.client(cookie) };
}

async function claim() {
  const made = await use(await operatorToken());
  await made.rpc.account.createProfile({ name: 'Ada Rossi', handle: 'ada' });
  return made.rpc;
}

describe('claiming', () => {
  test('until then nobody else gets in, and a start makes a link', async () => {
    expect((await house.client().about.get()).signUp).toBe('unclaimed');
    expect(house.server.claimToken).toMatch(/^[\w-]{43}$/);
    const asking = house.client().account.requestCode({ email: 'anna@example.org', locale: 'en' });
    await expect(asking).rejects.toMatchObject({ code: 'UNCLAIMED', defined: true });
  });

  test('looking at the link changes nothing; its secret is nowhere in the database', async () => {
    const token = await operatorToken();
    for (let n = 0; n < 3; n += 1) {
      expect(await house.client().account.readLink({ token })).toEqual({ purpose: 'claim', person: null });
    }
    expect((await house.client().about.get()).signUp).toBe('unclaimed');
    expect(JSON.stringify(await house.db.select().from(entryLink))).not.toContain(token);
  });

  test('makes the administrator, who names the server and opens its door', async () => {
    const rpc = await claim();
    expect(await rpc.account.me()).toMatchObject({ role: 'administrator', email: null, person: { handle: 'ada' } });
    // Until the administrator says so nobody comes in.
    expect(await house.client().about.get()).toMatchObject({ signUp: 'closed', name: 'Salotto' });
    const settings = { name: 'Radio Nord', locales: ['it', 'en'] as Locale[], door: 'open' as const };
    expect(await rpc.administration.update(settings)).toEqual(settings);
    expect(await house.client().about.get()).toMatchObject({
      ...{ signUp: 'open', mail: true, name: 'Radio Nord', locales: ['it', 'en'] },
    });
    await house.client().account.requestCode({ email: 'anna@example.org', locale: 'it' });
    expect(mails()[0]).toMatchObject({ to: 'anna@example.org', subject: 'Il tuo codice per Radio Nord' });
  });

  test('a link works once, for a day, and only one of two that claim at once', async () => {
    const [first, second, late] = [await operatorToken(), await operatorToken(), await operatorToken()];
    const used = await Promise.all([use(first), use(second), use(first)]);
    expect(used.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    expect((await house.db.select().from(account)).length).toBe(1);
    expect((await use(late)).body).toMatchObject({ code: 'LINK_REFUSED', data: { reason: 'used' } });

    const rescue = await operatorToken();
    aDayLater();
    expect((await use(rescue)).body).toMatchObject({ data: { reason: 'expired' } });
    expect((await use('x'.repeat(43))).body).toMatchObject({ data: { reason: 'unknown' } });
  });

  test('the machine always has a way back in for the same administrator', async () => {
    const rpc = await claim();
    const before = await rpc.account.me();
    const token = await operatorToken();
    expect(await house.client().account.readLink({ token })).toMatchObject({
      ...{ purpose: 'sign_in', person: { handle: 'ada' } },
    });
    const again = await use(token);
    expect(again.body).toMatchObject({ id: before?.id, role: 'administrator' });
    expect((await house.db.select().from(account)).length).toBe(1);
  });
});

describe('a closed door', () => {
  const code = async (email: string) => house.client().account.requestCode({ email, locale: 'en' });

  test('answers everybody alike, and writes only to people who are in', async () => {
    await claim();
    const known = await house.person({ email: 'known@example.org' });
    const before = mails().length;
    const answers = [await code(known.email), await code('stranger@example.org')];
    expect(answers[0]).toEqual(answers[1]);
    await expect.poll(() => mails().length).toBe(before + 1);
    expect(mails()[0]?.to).toBe(known.email);
  });

  test('does not take a code from while it was open', async () => {
    const rpc = await claim();
    await rpc.administration.update({ door: 'open' });
    const response = await fetch(`${house.origin}/api/account/code`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.origin },
      body: JSON.stringify({ email: 'early@example.org', locale: 'en' }),
    });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const digits = /^ {4}(\d{6})$/m.exec(mails()[0]?.text ?? '')?.[1] ?? '';
    await rpc.administration.update({ door: 'closed' });
    const trying = house.client(cookie).account.signIn({ code: digits });
    await expect(trying).rejects.toMatchObject({ code: 'CODE_REFUSED' });
    await rpc.administration.update({ door: 'open' });
    expect(await house.client(cookie).account.signIn({ code: digits })).toMatchObject({ email: 'early@example.org' });
  });
});

describe('links of an administrator', () => {
  test('let somebody in, and back in', async () => {
    const rpc = await claim();
    const made = await rpc.administration.letIn();
    const newcomer = await use(made.token, 'it');
    expect(newcomer.body).toMatchObject({ role: 'person', person: null, email: null, locale: 'it' });
    await newcomer.rpc.account.createProfile({ name: 'Bruno', handle: 'bruno' });

    const back = await rpc.administration.helpIn({ handle: 'bruno' });
    expect(back).toMatchObject({ purpose: 'sign_in', person: { handle: 'bruno' } });
    expect((await use(back.token)).body).toMatchObject({ person: { handle: 'bruno' } });
    await expect(rpc.administration.helpIn({ handle: 'nobody_here' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('are listed without their secret until they are used, over or revoked', async () => {
    const rpc = await claim();
    const [used, revoked, over] = [
      await rpc.administration.letIn(),
      await rpc.administration.letIn(),
      await rpc.administration.letIn(),
    ];
    const listed = await rpc.administration.links();
    expect(listed.map(({ id }) => id).sort()).toEqual([used.id, revoked.id, over.id].sort());
    expect(JSON.stringify(listed)).not.toContain(used.token);
    await use(used.token);
    await rpc.administration.revokeLink({ id: revoked.id });
    expect((await use(revoked.token)).body).toMatchObject({ data: { reason: 'unknown' } });
    expect((await rpc.administration.links()).map(({ id }) => id)).toEqual([over.id]);
    aDayLater();
    expect(await rpc.administration.links()).toEqual([]);
  });

  test('nobody else may do any of it', async () => {
    await claim();
    const { rpc } = await house.person();
    const refused = { code: 'FORBIDDEN', data: { reason: 'administrator_only' } };
    await expect(rpc.administration.get()).rejects.toMatchObject(refused);
    await expect(rpc.administration.update({ door: 'open' })).rejects.toMatchObject(refused);
    await expect(rpc.administration.links()).rejects.toMatchObject(refused);
    await expect(rpc.administration.letIn()).rejects.toMatchObject(refused);
    await expect(rpc.administration.helpIn({ handle: 'ada' })).rejects.toMatchObject(refused);
    await expect(rpc.administration.revokeLink({ id: crypto.randomUUID() })).rejects.toMatchObject(refused);
  });

  test('are no more than a hall needs', async () => {
    const rpc = await claim();
    const id = (await rpc.account.me())?.id;
    const now = new Date(house.clock.now());
    await house.db.insert(entryLink).values(
      Array.from({ length: 200 }, () => ({
        ...{ id: crypto.randomUUID(), hash: crypto.randomUUID(), purpose: 'entry', createdBy: id },
        ...{ createdAt: now, expiresAt: new Date(now.getTime() + DAY) },
      })),
    );
    await expect(rpc.administration.letIn()).rejects.toMatchObject({ data: { reason: 'too_many_links' } });
  });
});
