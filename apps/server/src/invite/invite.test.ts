import type { Me } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { serverSettings } from '../db/schema/administration.ts';
import { invite, nomination } from '../db/schema/invite.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';

const DAY = 86_400_000;

let house: TestServer;
let ada: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  await house.db.update(serverSettings).set({ door: 'closed' });
  ada = await house.person({ role: 'administrator' });
});
afterAll(() => house.close());

/** Comes in by a code, in a browser of its own or in one where somebody is signed in. */
async function accept(code: string, cookie = '') {
  const response = await fetch(`${house.origin}/api/invites/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.origin, cookie },
    body: JSON.stringify({ code, locale: 'en' }),
  });
  const body = (await response.json()) as Me & { code?: string; data?: { reason: string } };
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return {
    body,
    outcome: body.code ? `${body.code} ${body.data?.reason}` : body.status,
    rpc: house.client(set.join('; ')),
  };
}

/** Somebody new, whom this person brought. */
async function brought(by: SignedIn, handle: string) {
  const { code } = await by.rpc.invite.make({});
  const { body, rpc } = await accept(code);
  await rpc.account.createProfile({ name: handle, handle });
  return { id: body.id, rpc };
}

const somebodyWaiting = async () => {
  const person = await house.person({ status: 'waiting' });
  await house.server.ctx.waitlist.register(house.db, person.id);
  return person;
};

describe('an invite', () => {
  test('opens a closed door once, and says who invites and why', async () => {
    const anna = await house.person({ name: 'Anna' });
    const made = await anna.rpc.invite.make({ reason: 'We made radio together', recipient: 'Wei' });
    expect(made.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const read = await house.client().invite.read({ code: made.code.toLowerCase() });
    expect(read).toMatchObject({ from: { name: 'Anna' }, reason: 'We made radio together', recipient: 'Wei' });
    // Looking takes no use.
    expect((await anna.rpc.invite.mine()).invites[0]).toMatchObject({ usesLeft: 1, state: 'open' });
    expect(JSON.stringify(await house.db.select().from(invite))).not.toContain(made.code.replaceAll('-', ''));

    const came = await accept(made.code.replaceAll('-', ' '));
    expect(came.outcome).toBe('member');
    expect((await accept(made.code)).outcome).toBe('LINK_REFUSED used');
    await came.rpc.account.createProfile({ name: 'Wei', handle: 'wei_came' });
    const profile = await anna.rpc.profile.get({ handle: 'wei_came' });
    expect(profile.nominatedBy).toMatchObject({ id: anna.id });
    await came.rpc.invite.showNominator({ shown: false });
    expect((await anna.rpc.profile.get({ handle: 'wei_came' })).nominatedBy).toBeNull();
    expect(await came.rpc.invite.mine()).toMatchObject({ nominatedBy: { id: anna.id }, nominatorShown: false });
  });

  test('lets in whoever waits, on the account they have', async () => {
    const anna = await house.person();
    const waiting = await somebodyWaiting();
    const { code } = await anna.rpc.invite.make({});
    expect((await accept(code, waiting.cookie)).body).toMatchObject({ id: waiting.id, status: 'member' });
    expect(await waiting.rpc.account.me()).toMatchObject({ status: 'member', person: { handle: waiting.handle } });
    const second = await anna.rpc.invite.make({});
    expect((await accept(second.code, waiting.cookie)).outcome).toBe('CONFLICT already_in');
  });

  test('of three uses lets in three of twenty who come at once', async () => {
    const anna = await house.person();
    const { code } = await anna.rpc.invite.make({ uses: 3 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => (await accept(code)).outcome));
    expect(outcomes.filter((outcome) => outcome === 'member')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'LINK_REFUSED used')).toHaveLength(17);
    expect(await house.db.$count(nomination, eq(nomination.nominatorId, anna.id))).toBe(3);
  });

  test('is worth nothing once it is over, taken back, or its inviter may not invite', async () => {
    const anna = await house.person();
    const over = await anna.rpc.invite.make({ days: 1 });
    await house.db.update(invite).set({ expiresAt: house.clock.now() }).where(eq(invite.id, over.id));
    expect((await accept(over.code)).outcome).toBe('LINK_REFUSED expired');
    await anna.rpc.invite.revoke({ id: over.id });
    expect((await accept(over.code)).outcome).toBe('LINK_REFUSED unknown');
    const paused = await anna.rpc.invite.make({});
    await house.db.update(account).set({ status: 'paused' }).where(eq(account.id, anna.id));
    expect((await accept(paused.code)).outcome).toBe('LINK_REFUSED unknown');
    await house.db.update(account).set({ status: 'member' }).where(eq(account.id, anna.id));
  });

  test('of somebody else can’t be taken back, and is nowhere to be seen; an administrator may', async () => {
    const [anna, tom] = [await house.person(), await house.person()];
    const { id } = await anna.rpc.invite.make({});
    await expect(tom.rpc.invite.revoke({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await tom.rpc.invite.mine()).invites).toEqual([]);
    await ada.rpc.invite.revoke({ id });
    expect((await anna.rpc.invite.mine()).invites[0]?.state).toBe('revoked');
  });

  test('loses reason and recipient when whoever came by it is deleted; who brought whom stays', async () => {
    const anna = await house.person();
    const { code } = await anna.rpc.invite.make({ reason: 'A private reason', recipient: 'A private name' });
    const { body } = await accept(code);
    await house.db.delete(account).where(eq(account.id, body.id));
    await house.server.ctx.invite.forgetOld();
    const [row] = await house.db.select().from(invite).where(eq(invite.inviterId, anna.id));
    expect(row).toMatchObject({ reason: '', recipient: null });
    const { nodes } = await ada.rpc.invite.branch({ accountId: anna.id });
    expect(nodes.map(({ id, person, status }) => ({ id, person, status })).at(-1)).toEqual({
      ...{ id: body.id, person: null, status: 'gone' },
    });
  });
});

describe('the quota', () => {
  test('is never exceeded, however many are made at once', async () => {
    const anna = await house.person();
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => anna.rpc.invite.make({})));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(anna.rpc.invite.make({})).rejects.toMatchObject({ data: { reason: 'no_invites' } });
    const [open] = (await anna.rpc.invite.mine()).invites;
    await anna.rpc.invite.revoke({ id: open?.id ?? '' });
    expect((await anna.rpc.invite.mine()).quota.left).toBe(1);
  });

  test('grows when people stay and shrinks when one is removed', async () => {
    const anna = await house.person();
    await brought(anna, 'stays_a');
    const other = await brought(anna, 'removed_b');
    expect((await anna.rpc.invite.mine()).quota.left).toBe(1);
    const at = house.clock.now() - 30 * DAY;
    await house.db.update(nomination).set({ at }).where(eq(nomination.nominatorId, anna.id));
    expect((await anna.rpc.invite.mine()).quota.left).toBe(3);
    const act = await ada.rpc.invite.actOnBranch({ accountId: other.id, kind: 'remove' });
    expect((await anna.rpc.invite.mine()).quota).toMatchObject({
      left: 0,
      parts: [
        { kind: 'start', invites: 3 },
        { kind: 'stayed', people: 1, invites: 1 },
        { kind: 'removed', people: 1, invites: -2 },
        { kind: 'came', people: 2, invites: -2 },
      ],
    });
    await ada.rpc.invite.undoAct({ id: act.id });
    await ada.rpc.invite.grant({ accountId: anna.id, extra: 5 });
    expect((await anna.rpc.invite.mine()).quota.left).toBe(8);
  });
});

describe('a branch', () => {
  test('is seen whole, and paused in one act with one undo', async () => {
    const anna = await house.person();
    const child = await brought(anna, 'child_one');
    const asInviter = { ...anna, rpc: child.rpc };
    const grandchild = await brought(asInviter, 'grand_child');
    expect((await ada.rpc.invite.roots()).map(({ id }) => id)).toContain(anna.id);
    const seen = await ada.rpc.invite.branch({ accountId: anna.id });
    expect(seen.nodes.map(({ id, parentId }) => [id, parentId])).toEqual([
      ...[[anna.id, null]],
      ...[[child.id, anna.id]],
      ...[[grandchild.id, child.id]],
    ]);

    const act = await ada.rpc.invite.actOnBranch({ accountId: child.id, kind: 'pause' });
    expect(act.people).toBe(2);
    expect(await grandchild.rpc.account.me()).toMatchObject({ status: 'paused', person: null });
    await expect(grandchild.rpc.hallway.get()).rejects.toMatchObject({ data: { reason: 'paused' } });
    expect(await anna.rpc.account.me()).toMatchObject({ status: 'member' });
    expect((await ada.rpc.invite.branch({ accountId: child.id })).acts).toMatchObject([{ id: act.id, kind: 'pause' }]);

    // An act within it stands by itself when the outer one is undone.
    const inner = await ada.rpc.invite.actOnBranch({ accountId: grandchild.id, kind: 'remove' });
    await ada.rpc.invite.undoAct({ id: act.id });
    expect(await child.rpc.account.me()).toMatchObject({ status: 'member' });
    expect(await grandchild.rpc.account.me()).toBeNull();
    await ada.rpc.invite.undoAct({ id: inner.id });
    expect(await grandchild.rpc.account.me()).toMatchObject({ status: 'member' });
    await expect(ada.rpc.invite.undoAct({ id: inner.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('when it is paused, leaves the rooms it is in', async () => {
    const anna = await house.person();
    await anna.rpc.room.start({ title: 'Cut short', locale: 'en', key: crypto.randomUUID() });
    const inside = async () =>
      (await house.server.ctx.room.places(anna.id)).filter((place) => place.out === null).length;
    expect(await inside()).toBe(1);
    const act = await ada.rpc.invite.actOnBranch({ accountId: anna.id, kind: 'pause' });
    await expect.poll(inside).toBe(0);
    await ada.rpc.invite.undoAct({ id: act.id });
  });

  test('under review stays inside, and brings nobody', async () => {
    const anna = await house.person();
    const { code } = await anna.rpc.invite.make({});
    const act = await ada.rpc.invite.actOnBranch({ accountId: anna.id, kind: 'review' });
    expect(await anna.rpc.account.me()).toMatchObject({ status: 'member' });
    expect((await anna.rpc.invite.mine()).quota).toMatchObject({ left: 0, review: true });
    expect((await accept(code)).outcome).toBe('LINK_REFUSED unknown');
    await ada.rpc.invite.undoAct({ id: act.id });
    expect((await accept(code)).outcome).toBe('member');
  });

  test('an administrator in it is passed over', async () => {
    const act = await ada.rpc.invite.actOnBranch({ accountId: ada.id, kind: 'pause' });
    expect(act.people).toBe(0);
    expect(await ada.rpc.account.me()).toMatchObject({ status: 'member' });
  });

  test('is for administrators alone', async () => {
    const { rpc, id: accountId } = await house.person();
    for (const call of [
      () => rpc.invite.roots(),
      () => rpc.invite.branch({ accountId }),
      () => rpc.invite.actOnBranch({ accountId, kind: 'remove' }),
      () => rpc.invite.undoAct({ id: crypto.randomUUID() }),
      () => rpc.invite.grant({ accountId, extra: 5 }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN', data: { reason: 'administrator_only' } });
    }
  });
});

test('whom an administrator lets in by a link is brought by them', async () => {
  const { token } = await ada.rpc.administration.letIn();
  const response = await fetch(`${house.origin}/api/account/link/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.origin },
    body: JSON.stringify({ token, locale: 'en' }),
  });
  const { id } = (await response.json()) as Me;
  const [row] = await house.db.select().from(nomination).where(eq(nomination.accountId, id));
  expect(row).toMatchObject({ nominatorId: ada.id, way: 'link' });
});

test('guessing at codes is slowed down for an account', async () => {
  const waiting = await somebodyWaiting();
  const outcomes = [];
  for (let n = 0; n < 31; n += 1) outcomes.push((await accept('0000-0000-0000', waiting.cookie)).outcome);
  expect(outcomes.slice(0, 30)).toEqual(Array(30).fill('LINK_REFUSED unknown'));
  expect(outcomes[30]).toMatch(/^TOO_MANY_REQUESTS/);
});
