import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, leaving, signIn } from '../db/schema/account.ts';
import { branchAct, branchActPerson } from '../db/schema/invite.ts';
import { block, follow, profile } from '../db/schema/people.ts';
import { isMailbox } from '../mail/mailbox.ts';
import { createTestBrowser, createTestServer, type SignedIn, signInAs, type TestServer } from '../testing/index.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Where an id stays alone when its account is deleted, and why. Everything else has to go. */
const TOMBSTONES: Record<string, string> = {
  room: 'who started a room',
  room_update: 'the log of a room',
  room_removal: 'who sent somebody away',
  nomination: 'who brought whom',
  branch_act: 'what an administrator did about a branch',
  branch_act_person: 'whom that met',
  cohort: 'who planned it',
};

let house: TestServer;
let host: SignedIn;
let anna: SignedIn;
let bio: string;
beforeAll(async () => {
  house = await createTestServer();
  host = await house.person();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  bio = `I make radio ${randomUUID()}.`;
  anna = await house.person({ bio });
  await signInAnew();
});

/** As if everybody had just signed in, by the clock that these tests move. */
async function signInAnew(): Promise<void> {
  const now = house.clock.now();
  await house.db.update(signIn).set({ createdAt: new Date(now), expiresAt: new Date(now + 60 * DAY) });
}

const mails = (to: string) => {
  const { mailer } = house.server.ctx;
  return isMailbox(mailer) ? mailer.mails().filter((mail) => mail.to === to) : [];
};

async function back(person: SignedIn) {
  const { cookie } = await signInAs(house.db, person);
  await signInAnew();
  return house.client(cookie);
}

const visible = async (person: SignedIn) => ({
  page: await host.rpc.profile.get({ handle: person.handle }).then(
    () => true,
    () => false,
  ),
  followed: (await host.rpc.follow.followers({ handle: host.handle })).people.some(({ id }) => id === person.id),
});

/** Tables in which some value holds this text. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await house.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const table = sql.identifier(name);
    const hit = await house.db.execute(sql`select from ${table} where ${table}::text ilike ${`%${text}%`} limit 1`);
    if (hit.rows.length > 0) found.push(name);
  }
  return found.sort();
}

describe('asking to be deleted', () => {
  test('one is signed out everywhere, out of the room and seen by nobody, at once', async () => {
    await anna.rpc.follow.follow({ accountId: host.id });
    const phone = await signInAs(house.db, anna);
    await signInAnew();
    const { roomId } = await host.rpc.room.start({ title: 'Radio', locale: 'en', key: randomUUID() });
    await anna.rpc.room.join({ roomId });
    expect(await visible(anna)).toEqual({ page: true, followed: true });

    const revoked: (string | undefined)[] = [];
    house.server.ctx.publisher.subscribe((said) => said.kind === 'revoked' && revoked.push(said.accountId));
    const { until } = await anna.rpc.leaving.ask({});
    expect(until).toBe(house.clock.now() + 14 * DAY);
    expect(revoked).toContain(anna.id);
    expect(await anna.rpc.account.me()).toBeNull();
    expect(await house.client(phone.cookie).account.me()).toBeNull();
    expect(await house.db.$count(signIn, eq(signIn.userId, anna.id))).toBe(0);
    expect(await visible(anna)).toEqual({ page: false, followed: false });
    expect(await house.server.ctx.room.membership(roomId, anna.id)).toBe('not_in_room');
    await expect.poll(() => mails(anna.email)[0]?.subject).toMatch(/will be deleted/);
  });

  test('signing in again does nothing but offer to come back, with everything as it was', async () => {
    await anna.rpc.leaving.ask({});
    const again = await back(anna);
    expect(await again.account.me()).toMatchObject({ status: 'leaving', person: null });
    expect(await again.leaving.mine()).toEqual({ until: house.clock.now() + 14 * DAY });
    await expect(again.profile.get({ handle: host.handle })).rejects.toMatchObject({ data: { reason: 'leaving' } });
    await expect(again.leaving.ask({})).rejects.toMatchObject({ data: { reason: 'leaving' } });
    await again.leaving.comeBack();
    expect(await again.account.me()).toMatchObject({ status: 'member', person: { handle: anna.handle } });
    await expect(again.leaving.comeBack()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    house.clock.advance(15 * DAY);
    await house.server.ctx.leaving.eraseDue();
    expect(await house.db.$count(account, eq(account.id, anna.id))).toBe(1);
  });

  test('going away for a while is no way around an administrator', async () => {
    await house.db.update(account).set({ status: 'paused' }).where(eq(account.id, anna.id));
    await anna.rpc.leaving.ask({});
    const again = await back(anna);
    await again.leaving.comeBack();
    expect((await again.account.me())?.status).toBe('paused');

    const tom = await house.person();
    await signInAnew();
    await tom.rpc.leaving.ask({});
    const actId = randomUUID();
    const act = { id: actId, kind: 'pause', rootId: tom.id, actorId: host.id, at: house.clock.now() } as const;
    await house.db.insert(branchAct).values(act);
    await house.db.insert(branchActPerson).values({ actId, accountId: tom.id });
    const tomAgain = await back(tom);
    await tomAgain.leaving.comeBack();
    expect((await tomAgain.account.me())?.status).toBe('paused');
  });

  test('an older sign-in is not enough: a code of one’s own address is', async () => {
    await house.db
      .update(signIn)
      .set({ createdAt: new Date(house.clock.now() - 11 * MINUTE) })
      .where(eq(signIn.userId, anna.id));
    await expect(anna.rpc.leaving.ask({})).rejects.toMatchObject({ data: { reason: 'sign_in_again' } });
    // A code that this browser did not ask for.
    await expect(anna.rpc.leaving.ask({ code: '123456' })).rejects.toMatchObject({ code: 'CODE_REFUSED' });
    expect((await anna.rpc.account.me())?.status).toBe('member');

    const { ctx } = house.server;
    const browser = createTestBrowser();
    const codeOf = async ({ email }: SignedIn) => {
      await ctx.account.requestCode({ email, locale: 'en' }, browser);
      return /^ {4}(\d{6})$/m.exec(mails(email)[0]?.text ?? '')?.[1] ?? expect.fail('no code was mailed');
    };
    const foreign = await codeOf(host);
    await expect(ctx.leaving.ask(anna.viewer, foreign, browser)).rejects.toMatchObject({ code: 'CODE_REFUSED' });
    const own = await codeOf(anna);
    expect(await ctx.leaving.ask(anna.viewer, own, browser)).toEqual({ until: house.clock.now() + 14 * DAY });
    await expect(ctx.leaving.ask(host.viewer, own, browser)).rejects.toMatchObject({ code: 'CODE_REFUSED' });
  });

  test('the last administrator can’t go, and of two at the same time one stays', async () => {
    const administrators = await Promise.all([1, 2].map(() => house.person({ role: 'administrator' })));
    await signInAnew();
    const outcomes = await Promise.allSettled(administrators.map((one) => one.rpc.leaving.ask({})));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { data: { reason: 'last_administrator' } },
    });
  });

  test('nobody’s but one’s own: another person’s time to come back is not there', async () => {
    await anna.rpc.leaving.ask({});
    await expect((await back(host)).leaving.mine()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await back(host)).leaving.comeBack()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await house.db.$count(leaving, eq(leaving.accountId, anna.id))).toBe(1);
  });
});

test('whoever has no address comes back by a link of an administrator', async () => {
  const administrator = await house.person({ role: 'administrator' });
  await house.db
    .update(account)
    .set({ email: `${anna.id}@link.invalid` })
    .where(eq(account.id, anna.id));
  await signInAnew();
  await anna.rpc.leaving.ask({});
  const { token } = await administrator.rpc.administration.helpIn({ handle: anna.handle });
  const me = await house.server.ctx.account.enterByLink({ token, locale: 'en' }, createTestBrowser());
  expect(me).toMatchObject({ id: anna.id, status: 'leaving', person: null });
});

describe('when the time is over', () => {
  test('everything goes, in every table and the blobs, once; an id stays where a log needs it', async () => {
    const { blobs, leaving: service } = house.server.ctx;
    const picture = `${randomUUID()}.webp`;
    await blobs.put(picture, Buffer.from('a picture'));
    await house.db.update(profile).set({ picture }).where(eq(profile.accountId, anna.id));
    await anna.rpc.follow.follow({ accountId: host.id });
    await host.rpc.follow.follow({ accountId: anna.id });
    await house.db.insert(block).values({ blockerId: anna.id, blockedId: (await house.person()).id });
    const { roomId } = await anna.rpc.room.start({ title: 'Mine', locale: 'en', key: randomUUID() });
    await host.rpc.room.join({ roomId });
    await anna.rpc.message.post({ roomId, text: 'Hello from the radio', key: randomUUID() });
    await anna.rpc.leaving.ask({});

    house.clock.advance(14 * DAY - 1);
    await service.eraseDue();
    expect(await house.db.$count(account, eq(account.id, anna.id))).toBe(1);
    house.clock.advance(1);
    await expect((await back(anna)).leaving.comeBack()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Promise.all([service.eraseDue(), service.eraseDue(), service.eraseDue()]);

    for (const text of [anna.email, anna.handle, anna.name, bio, 'Hello from the radio', picture]) {
      expect({ [text]: await tablesWith(text) }).toEqual({ [text]: [] });
    }
    const left = await tablesWith(anna.id);
    expect(left.filter((table) => !(table in TOMBSTONES))).toEqual([]);
    expect(left).toContain('room_update');
    expect(await blobs.get(picture)).toBeNull();
    expect(await house.db.$count(follow, eq(follow.followedId, anna.id))).toBe(0);
    expect(mails(anna.email).filter(({ subject }) => /is deleted/.test(subject))).toHaveLength(1);
    expect((await host.rpc.profile.get({ handle: host.handle })).followers).toBe(0);
  });

  test('a picture that can’t be deleted now is deleted with the account the next time', async () => {
    const { blobs, leaving: service } = house.server.ctx;
    await house.db
      .update(profile)
      .set({ picture: `${randomUUID()}.webp` })
      .where(eq(profile.accountId, anna.id));
    await anna.rpc.leaving.ask({});
    house.clock.advance(14 * DAY);
    const real = blobs.delete;
    blobs.delete = () => Promise.reject(new Error('no disk'));
    await expect(service.eraseDue()).rejects.toThrow('no disk');
    expect(await house.db.$count(account, eq(account.id, anna.id))).toBe(1);
    blobs.delete = real;
    await service.eraseDue();
    expect(await house.db.$count(account, eq(account.id, anna.id))).toBe(0);
  });

  /** A table that somebody adds has to say what becomes of it: nothing may hold an account back, or keep it in silence. */
  test('every reference to an account goes with it, or lets go of it', async () => {
    const { rows } = await house.db.execute<{ table: string; rule: string }>(sql`
      select conrelid::regclass::text as table, confdeltype as rule
      from pg_constraint where contype = 'f' and confrelid = 'account'::regclass`);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ rule }) => rule !== 'c' && rule !== 'n')).toEqual([]);
  });
});
