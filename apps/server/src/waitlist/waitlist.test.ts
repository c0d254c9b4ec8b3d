import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { serverSettings } from '../db/schema/administration.ts';
import { nomination } from '../db/schema/invite.ts';
import { profile } from '../db/schema/people.ts';
import { addressBook, addressBookEntry, admissionMail, cohort, waitlistEntry } from '../db/schema/waitlist.ts';
import { isMailbox } from '../mail/mailbox.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

let house: TestServer;
let ada: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  await house.db.update(serverSettings).set({ door: 'waiting' });
  ada = await house.person({ role: 'administrator' });
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.db.delete(account).where(eq(account.status, 'waiting'));
  for (const table of [admissionMail, cohort, nomination]) await house.db.delete(table);
});

const mails = (to: string) => {
  const { mailer } = house.server.ctx;
  return isMailbox(mailer) ? mailer.mails().filter((mail) => mail.to === to) : [];
};

/** Somebody who registered, in the order of these calls. */
async function somebodyWaiting(handle?: string): Promise<SignedIn> {
  const person = await house.person({ status: 'waiting', ...(handle ? { handle } : { hasProfile: false }) });
  await house.server.ctx.waitlist.register(house.db, person.id);
  house.clock.advance(1_000);
  return person;
}

test('one sees one’s place, says a sentence, and keeps a handle from then on', async () => {
  const first = await somebodyWaiting('first_one');
  const second = await somebodyWaiting();
  expect(await second.rpc.waitlist.mine()).toMatchObject({ person: null, place: 2, waiting: 2, sentence: '' });
  await second.rpc.account.createProfile({ name: 'Wei', handle: 'wei_waits' });
  const described = await second.rpc.waitlist.describe({ sentence: '  I make\u202e radio. ' });
  expect(described).toMatchObject({ person: { handle: 'wei_waits' }, place: 2, sentence: 'I make radio.' });
  const inside = await house.person();
  expect(await inside.rpc.account.checkHandle({ handle: 'wei_waits' })).toEqual({ verdict: 'taken' });
  // Whoever is inside does not see them.
  await expect(inside.rpc.profile.get({ handle: 'wei_waits' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await inside.rpc.follow.suggestions()).map(({ person }) => person.handle)).not.toContain('wei_waits');
  expect((await first.rpc.account.me())?.person).toBeNull();
});

test('whoever leaves the list is gone with everything, and those behind move up', async () => {
  const before = await somebodyWaiting('before_me');
  const after = await somebodyWaiting('after_them');
  const { place } = await after.rpc.waitlist.mine();
  await before.rpc.waitlist.leave();
  expect(await before.rpc.account.me()).toBeNull();
  expect(await house.db.$count(account, eq(account.id, before.id))).toBe(0);
  expect(await house.db.$count(profile, eq(profile.handle, 'before_me'))).toBe(0);
  expect((await after.rpc.waitlist.mine()).place).toBe(place - 1);
});

test('a member has no place, and can’t leave this way', async () => {
  const member = await house.person();
  await expect(member.rpc.waitlist.mine()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(member.rpc.waitlist.leave()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await member.rpc.account.me()).toMatchObject({ status: 'member' });
});

describe('members who know somebody', () => {
  test('hear of it only when that person agreed to be found, and wave them in', async () => {
    const anna = await house.person({ name: 'Anna' });
    const wei = await somebodyWaiting('wei_known');
    const { expiresAt, entries } = await anna.rpc.addressBook.upload({
      entries: [wei.email.toUpperCase(), 'somebody.else@example.org', '+39 02 1234567', 'nonsense'],
    });
    expect({ entries, days: ((expiresAt ?? 0) - house.clock.now()) / 86_400_000 }).toEqual({ entries: 3, days: 365 });
    expect(await anna.rpc.waitlist.known()).toEqual([]);
    await expect(anna.rpc.waitlist.waveIn({ accountId: wei.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    expect(await wei.rpc.waitlist.describe({ findable: true, sentence: 'It is me' })).toMatchObject({ findable: true });
    expect(await anna.rpc.waitlist.known()).toMatchObject([{ accountId: wei.id, sentence: 'It is me' }]);
    expect(await anna.rpc.notification.list()).toMatchObject([{ kind: 'waiting', actor: { id: wei.id } }]);
    // Whoever agrees a second time is not told of a second time.
    await wei.rpc.waitlist.describe({ findable: false });
    expect(await anna.rpc.waitlist.known()).toEqual([]);
    await wei.rpc.waitlist.describe({ findable: true });
    expect(await anna.rpc.notification.list()).toHaveLength(1);

    const before = (await anna.rpc.invite.mine()).quota.left;
    await anna.rpc.waitlist.waveIn({ accountId: wei.id });
    expect(await wei.rpc.account.me()).toMatchObject({ status: 'member', person: { handle: 'wei_known' } });
    expect((await anna.rpc.invite.mine()).quota.left).toBe(before);
    expect(await anna.rpc.waitlist.known()).toEqual([]);
    expect((await anna.rpc.profile.get({ handle: 'wei_known' })).nominatedBy).toMatchObject({ id: anna.id });
    await expect(anna.rpc.waitlist.waveIn({ accountId: wei.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await house.server.ctx.admissions.tick();
    expect(mails(wei.email)).toMatchObject([{ subject: 'You are in: Salotto' }]);
  });

  test('nobody else sees them or waves them in, nor after the book is gone or too old', async () => {
    const [anna, tom] = [await house.person(), await house.person()];
    const wei = await somebodyWaiting('wei_hidden');
    await wei.rpc.waitlist.describe({ findable: true });
    await anna.rpc.addressBook.upload({ entries: [wei.email] });
    expect(await tom.rpc.waitlist.known()).toEqual([]);
    for (const { rpc } of [tom, ada]) {
      await expect(rpc.waitlist.waveIn({ accountId: wei.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await house.db.update(addressBook).set({ expiresAt: house.clock.now() }).where(eq(addressBook.ownerId, anna.id));
    expect(await anna.rpc.waitlist.known()).toEqual([]);
    await house.server.ctx.addressBook.forgetOld();
    expect(await house.db.$count(addressBookEntry, eq(addressBookEntry.ownerId, anna.id))).toBe(0);
    await anna.rpc.addressBook.upload({ entries: [wei.email] });
    expect(await anna.rpc.waitlist.known()).toHaveLength(1);
    await anna.rpc.addressBook.remove();
    expect(await anna.rpc.waitlist.known()).toEqual([]);
    expect(await anna.rpc.addressBook.get()).toEqual({ entries: 0, uploadedAt: null, expiresAt: null });
  });

  test('an address book is no address, and can’t be searched through', async () => {
    const anna = await house.person();
    const entries = (from: number) => Array.from({ length: 1_000 }, (_, n) => `probe${from + n}@example.org`);
    const upload = (from: number, add: boolean) => anna.rpc.addressBook.upload({ entries: entries(from), add });
    await upload(0, false);
    expect(JSON.stringify(await house.db.select().from(addressBookEntry))).not.toContain('probe');
    // The same book again looks for nobody new.
    expect(await upload(0, false)).toMatchObject({ entries: 1_000 });
    for (let n = 1; n < 5; n += 1) await upload(n * 1_000, true);
    expect(await upload(5_000, true)).toMatchObject({ entries: 5_000 });
    for (let n = 6; n < 10; n += 1) await upload(n * 1_000, false);
    await anna.rpc.addressBook.remove();
    await expect(upload(10_000, false)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await anna.rpc.addressBook.get()).toMatchObject({ entries: 0 });
  });

  test('whoever is being looked into waves nobody in', async () => {
    const anna = await house.person();
    const wei = await somebodyWaiting('wei_later');
    await wei.rpc.waitlist.describe({ findable: true });
    await anna.rpc.addressBook.upload({ entries: [wei.email] });
    await ada.rpc.invite.actOnBranch({ accountId: anna.id, kind: 'review' });
    await expect(anna.rpc.waitlist.waveIn({ accountId: wei.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('administrators', () => {
  test('see who waits, oldest first, and let people in by hand', async () => {
    const people = [await somebodyWaiting('one_waits'), await somebodyWaiting('two_waits'), await somebodyWaiting()];
    const listed = await ada.rpc.waitlist.list({});
    expect(listed.people.map(({ accountId }) => accountId)).toEqual(people.map(({ id }) => id));
    const [first, second] = people;
    if (!first || !second) return expect.fail('nobody waits');
    const after = { since: listed.people[0]?.since ?? 0, accountId: first.id };
    expect((await ada.rpc.waitlist.list({ after })).people[0]?.accountId).toBe(second.id);
    expect(await ada.rpc.waitlist.admit({ accountIds: [first.id, first.id, ada.id] })).toEqual({ admitted: 1 });
    expect(await first.rpc.account.me()).toMatchObject({ status: 'member' });
    await second.rpc.waitlist.describe({ sentence: 'Radio' });
    expect(await ada.rpc.waitlist.funnel()).toEqual({ waiting: 2, named: 1, described: 1, admitted: 1, entered: 0 });
  });

  test('let in a cohort at its time: oldest first, by industry, once even by several at the same moment', async () => {
    const people = [];
    for (let n = 0; n < 6; n += 1) {
      const person = await somebodyWaiting(`c_${'abcdef'[n]}_waits`);
      await person.rpc.profile.update({ industry: n % 2 ? 'media' : 'health' });
      people.push(person);
    }
    const nameless = await somebodyWaiting();
    const planned = await ada.rpc.waitlist.planCohort({
      size: 2,
      at: house.clock.now() + 60_000,
      industries: ['media'],
    });
    const { waitlist, admissions } = house.server.ctx;
    await admissions.tick();
    expect(await house.db.$count(waitlistEntry)).toBe(7);
    house.clock.advance(60_000);
    await Promise.all(Array.from({ length: 6 }, () => waitlist.carryOut()));
    const statuses = await Promise.all([...people, nameless].map(async ({ rpc }) => (await rpc.account.me())?.status));
    expect(statuses).toEqual(['waiting', 'member', 'waiting', 'member', 'waiting', 'waiting', 'waiting']);
    expect(await ada.rpc.waitlist.cohorts()).toMatchObject([{ id: planned.id, state: 'done', admitted: 2 }]);
    await Promise.all([admissions.tick(), admissions.tick()]);
    for (const [n, { email }] of people.entries()) expect(mails(email)).toHaveLength(n === 1 || n === 3 ? 1 : 0);
    expect(await house.db.$count(admissionMail)).toBe(0);
    house.clock.advance(-60_000);
  });

  test('call a cohort off', async () => {
    const { id } = await ada.rpc.waitlist.planCohort({ size: 5, at: house.clock.now(), industries: [] });
    const person = await somebodyWaiting('stays_waiting');
    await ada.rpc.waitlist.cancelCohort({ id });
    expect(await house.server.ctx.waitlist.carryOut()).toBe(false);
    expect(await person.rpc.account.me()).toMatchObject({ status: 'waiting' });
    await expect(ada.rpc.waitlist.cancelCohort({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('alone do any of this', async () => {
    const { rpc, id } = await house.person();
    for (const call of [
      () => rpc.waitlist.list({}),
      () => rpc.waitlist.admit({ accountIds: [id] }),
      () => rpc.waitlist.funnel(),
      () => rpc.waitlist.cohorts(),
      () => rpc.waitlist.planCohort({ size: 1, at: 0 }),
      () => rpc.waitlist.cancelCohort({ id: crypto.randomUUID() }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN', data: { reason: 'administrator_only' } });
    }
  });
});
