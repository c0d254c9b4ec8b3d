import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, signIn } from '../db/schema/account.ts';
import { affiliation, affiliationRequest } from '../db/schema/affiliation.ts';
import { createMailbox, type Mailbox } from '../mail/mailbox.ts';
import { MailNotSent } from '../mail/mailer.ts';
import { createTestClock } from '../testing/clock.ts';
import { anna, createTestServer, marta, type SignedIn, type TestServer } from '../testing/index.ts';
import { AFFILIATION_MS, REMIND_MS, WORK_CODE_MS } from './service.ts';

const DAY_MS = 86_400_000;
const WORK = 'anna.ferri@hospital.example';
let clock: ReturnType<typeof createTestClock>;
let mailbox: Mailbox;
let house: TestServer;
let me: SignedIn;
let failing = false;
beforeAll(async () => {
  clock = createTestClock();
  mailbox = createMailbox({ clock: clock.now });
  const send: Mailbox['send'] = (mail) => (failing ? Promise.reject(new MailNotSent()) : mailbox.send(mail));
  house = await createTestServer({ clock: clock.now, mailer: { ...mailbox, send } });
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  failing = false;
  clock.advance(2 * DAY_MS);
  await house.db.delete(account);
  me = await person(anna);
});

/** Signed in for as long as the clock may go. */
async function person(about?: Parameters<TestServer['person']>[0]): Promise<SignedIn> {
  const made = await house.person(about);
  await house.db.update(signIn).set({ expiresAt: new Date(clock.now() + 3 * AFFILIATION_MS) });
  return made;
}
const newestMail = () => mailbox.mails()[0] ?? expect.fail('no mail');
const code = () => /\b\d{6}\b/.exec(newestMail().text)?.[0] ?? expect.fail('no code in the mail');
const other = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0');
async function ask(who = me, address = WORK) {
  await who.rpc.affiliation.requestCode({ address, locale: 'it' });
  return code();
}
async function verify(who = me, address = WORK) {
  return who.rpc.affiliation.confirm({ code: await ask(who, address) });
}
const shown = async (handle: string, to = me) => (await to.rpc.profile.get({ handle })).verifiedDomain;
/** It runs once an hour by itself. */
const upkeep = () => house.server.ctx.affiliation.upkeep();

describe('a work address', () => {
  test('is confirmed by a code, and the domain is shown to everybody, the address to nobody', async () => {
    const stranger = await person(marta);
    const made = await verify();
    expect(newestMail()).toMatchObject({ to: WORK, subject: expect.not.stringContaining(code()) });
    expect(newestMail().text).toMatch(/indirizzo/);
    expect(made).toEqual({
      ...{ domain: 'hospital.example', source: 'mail', address: WORK, endsSoon: false },
      ...{ verifiedAt: clock.now(), expiresAt: clock.now() + AFFILIATION_MS },
    });
    expect(await me.rpc.affiliation.get()).toEqual(made);
    expect(await stranger.rpc.affiliation.get()).toBeNull();
    expect(await shown('anna', stranger)).toBe('hospital.example');
    expect(JSON.stringify(await stranger.rpc.profile.get({ handle: 'anna' }))).not.toContain(WORK);
    const found = await stranger.rpc.search.people({ organisation: 'hospital.example' });
    expect(found.people.map(({ person }) => [person.handle, person.verifiedDomain])).toEqual([
      ['anna', 'hospital.example'],
    ]);
  });

  test.each([
    ['anna@gmail.com', 'free_mail'],
    ['info@hospital.example', 'role_address'],
    ['all-wards@hospital.example', 'role_address'],
  ])('%s is refused, and no mail is sent', async (address, reason) => {
    const before = mailbox.mails().length;
    await expect(ask(me, address)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED', data: { reason } });
    expect(mailbox.mails().length).toBe(before);
  });

  test('is taken away again by its person, and then found by nobody', async () => {
    await verify();
    await me.rpc.affiliation.remove();
    await me.rpc.affiliation.remove();
    expect(await me.rpc.affiliation.get()).toBeNull();
    expect(await shown('anna')).toBeNull();
    expect((await me.rpc.search.people({ organisation: 'hospital' })).people).toEqual([]);
  });

  test('stands for one person, however it is written: whoever reads the mailbox last', async () => {
    const she = await person(marta);
    await verify();
    await verify(she, 'Anna.Ferri+second@Hospital.example');
    expect(await shown('anna')).toBeNull();
    expect(await shown('marta')).toBe('hospital.example');
    expect(await house.db.$count(affiliation)).toBe(1);
  });
});

describe('a code', () => {
  test('works once, and only for the account that asked', async () => {
    const she = await person(marta);
    const digits = await ask();
    await expect(she.rpc.affiliation.confirm({ code: digits })).rejects.toMatchObject({ code: 'CODE_REFUSED' });
    const both = await Promise.allSettled([1, 2].map(() => me.rpc.affiliation.confirm({ code: digits })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(me.rpc.affiliation.confirm({ code: digits })).rejects.toMatchObject({ data: { reason: 'expired' } });
  });

  test('is kept as a hash, and forgotten when its time is over', async () => {
    const digits = await ask();
    expect(JSON.stringify(await house.db.select().from(affiliationRequest))).not.toContain(digits);
    clock.advance(WORK_CODE_MS);
    await expect(me.rpc.affiliation.confirm({ code: digits })).rejects.toMatchObject({ data: { reason: 'expired' } });
    await upkeep();
    expect(await house.db.$count(affiliationRequest)).toBe(0);
  });

  test('is used up after five tries, also by many at once', async () => {
    const digits = await ask();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        me.rpc.affiliation.confirm({ code: other(digits) }).catch((error) => error.data.reason),
      ),
    );
    expect(outcomes.filter((reason) => reason === 'wrong')).toHaveLength(4);
    await expect(me.rpc.affiliation.confirm({ code: digits })).rejects.toMatchObject({ data: { reason: 'used_up' } });
  });

  test('of an older request is void', async () => {
    const first = await ask();
    clock.advance(31_000);
    const second = await ask();
    if (first !== second) {
      await expect(me.rpc.affiliation.confirm({ code: first })).rejects.toMatchObject({ data: { reason: 'wrong' } });
    }
    expect(await me.rpc.affiliation.confirm({ code: second })).toMatchObject({ domain: 'hospital.example' });
  });

  test('is not asked for again at once, nor for one mailbox by many', async () => {
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    for (let n = 0; n < 3; n += 1) await ask(await person(), `anna.ferri+${n}@hospital.example`);
    await expect(ask(await person(), WORK)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await ask(await person(), 'wei@hospital.example');
  });

  test('whose mail did not leave is said to be late', async () => {
    failing = true;
    await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the mark has an end', () => {
  test('a month before, its person is asked once; confirming again prolongs it', async () => {
    await verify();
    clock.advance(AFFILIATION_MS - REMIND_MS - DAY_MS);
    const before = mailbox.mails().length;
    await upkeep();
    expect(mailbox.mails().length).toBe(before);
    clock.advance(DAY_MS);
    await Promise.all([upkeep(), upkeep()]);
    await upkeep();
    expect(mailbox.mails().length).toBe(before + 1);
    expect(newestMail()).toMatchObject({ to: WORK, subject: expect.stringContaining('hospital.example') });
    expect(newestMail().text).not.toMatch(/https?:/);
    expect(await me.rpc.affiliation.get()).toMatchObject({ endsSoon: true });
    expect(await verify()).toMatchObject({ endsSoon: false, expiresAt: clock.now() + AFFILIATION_MS });
  });

  test('then it is gone, and the person found by it no more', async () => {
    await verify();
    clock.advance(AFFILIATION_MS);
    await upkeep();
    expect(await me.rpc.affiliation.get()).toBeNull();
    expect(await shown('anna')).toBeNull();
    expect((await me.rpc.search.people({ organisation: 'hospital' })).people).toEqual([]);
  });

  test('a domain that turns out to be anybody’s loses it at the next round', async () => {
    await verify();
    await house.db.update(affiliation).set({ domain: 'gmail.com' });
    await upkeep();
    expect(await shown('anna')).toBeNull();
  });
});

test('a provider’s word counts as well, but not for domains that anybody has', async () => {
  const { affiliation: service } = house.server.ctx;
  expect(await service.vouch(me.id, { domain: 'Gmail.com' })).toBeNull();
  expect(await service.vouch(me.id, { domain: 'Bank.example' })).toMatchObject({
    domain: 'bank.example',
    source: 'openid',
    address: null,
  });
  expect(await shown('anna')).toBe('bank.example');
  expect(newestMail().to).not.toContain('bank.example');
});
