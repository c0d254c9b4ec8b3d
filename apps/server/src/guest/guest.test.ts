import { CLOSE_SIGNED_OUT, type Me, type NewGuestLink, type RoomId } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guestLink, guest as guestTable } from '../db/schema/index.ts';
import { createGuestBrowser } from '../testing/guests.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import { openTab } from '../testing/tab.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let roomId: RoomId;

beforeAll(async () => {
  house = await createTestServer();
  [anna, wei] = await Promise.all([house.person({ name: 'Anna Ferri' }), house.person({ name: 'Wei' })]);
});
afterAll(() => house.close());
beforeEach(async () => {
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', locale: 'en', key: crypto.randomUUID() }));
});

type Wanted = Partial<Parameters<SignedIn['rpc']['guest']['makeLink']>[0]>;
const makeLink = (wanted: Wanted = {}): Promise<NewGuestLink> =>
  anna.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'hour', uses: null, ...wanted });
const browser = () => createGuestBrowser(house.origin);
const browsers = (count: number) => Array.from({ length: count }, browser);
const enter = (
  here: ReturnType<typeof browser>,
  link: { token: string },
  name = `Guest ${Math.random()}`,
): Promise<Me | string> => here.call('guest/enter', { token: link.token, name, locale: 'en' });
const rpcOf = (here: ReturnType<typeof browser>) => house.client(here.cookie());

describe('a guest link', () => {
  it('is made, seen and revoked by moderators alone', async () => {
    await wei.rpc.room.join({ roomId });
    const link = await makeLink({ uses: 3 });
    const { token: _, ...shown } = link;
    expect(await anna.rpc.guest.links({ roomId })).toEqual([shown]);
    const asListener = [
      wei.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'room', uses: null }),
      wei.rpc.guest.links({ roomId }),
      wei.rpc.guest.revokeLink({ roomId, id: link.id }),
    ];
    expect(await Promise.all(asListener.map(refusal))).toEqual(Array(3).fill('FORBIDDEN role'));
    const stored = await house.db.select().from(guestLink);
    expect(JSON.stringify(stored)).not.toContain(link.token);
  });

  it('says where it leads and changes nothing, however often it is opened', async () => {
    const link = await makeLink({ uses: 1, kind: 'speaker' });
    const preview = browser();
    for (let n = 0; n < 3; n++) {
      const read = await preview.call<{ room: { id: string }; kind: string }>('guest/readLink', { token: link.token });
      expect(read).toMatchObject({ kind: 'speaker', room: { id: roomId, title: 'Voices' }, from: { id: anna.id } });
    }
    expect(preview.cookie()).toBe('');
    expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(1);
  });

  it('lets in as often as it says, also when all come at once', async () => {
    const link = await makeLink({ uses: 2 });
    const come = browsers(4);
    for (const here of come) expect(typeof (await enter(here, link))).toBe('object');
    const outcomes = await Promise.all(come.map((here) => refusal(rpcOf(here).room.join({ roomId }))));
    expect(outcomes.sort()).toEqual(['CONFLICT link_used', 'CONFLICT link_used', 'allowed', 'allowed']);
    expect(await anna.rpc.guest.links({ roomId })).toEqual([]);
    expect(await enter(browser(), link)).toBe('LINK_REFUSED used');
  });

  it('counts nobody who is refused or waits, and whoever is in only once', async () => {
    const link = await makeLink({ uses: 2 });
    const [here, other] = browsers(2) as [ReturnType<typeof browser>, ReturnType<typeof browser>];
    const usesLeft = async () => (await anna.rpc.guest.links({ roomId }))[0]?.usesLeft;
    await enter(here, link);
    const join = () => refusal(rpcOf(here).room.join({ roomId }));
    const refused: [Parameters<typeof anna.rpc.room.change>[0], string][] = [
      [{ roomId, locked: true }, 'CONFLICT room_locked'],
      [{ roomId, locked: false, lobby: true }, 'FORBIDDEN lobby'],
      [{ roomId, lobby: false, capacity: 1 }, 'CONFLICT room_full'],
    ];
    for (const [change, said] of refused) {
      await anna.rpc.room.change(change);
      expect([await join(), await usesLeft()]).toEqual([said, 2]);
    }
    await anna.rpc.room.change({ roomId, capacity: 9 });
    expect(await Promise.all([join(), join()])).toEqual(['allowed', 'allowed']);
    await rpcOf(here).room.leave({ roomId });
    expect([await join(), await usesLeft()]).toEqual(['allowed', 1]);
    await enter(other, link);
    expect(await refusal(rpcOf(other).room.join({ roomId }))).toBe('allowed');
    expect(await refusal(rpcOf(here).room.join({ roomId }))).toBe('allowed');
  });

  it('ends by time, by revocation and with the room', async () => {
    const [hour, day, room] = await Promise.all([
      makeLink(),
      makeLink({ expiry: 'day' }),
      makeLink({ expiry: 'room' }),
    ]);
    house.clock.advance(3_600_000);
    expect(await enter(browser(), hour)).toBe('LINK_REFUSED expired');
    expect(typeof (await enter(browser(), day))).toBe('object');
    await anna.rpc.guest.revokeLink({ roomId, id: day.id });
    expect(await enter(browser(), day)).toBe('LINK_REFUSED unknown');
    await anna.rpc.room.end({ roomId });
    expect(await enter(browser(), room)).toBe('LINK_REFUSED room_ended');
  });

  it('sends nobody away when it is revoked, unless that is wanted', async () => {
    const link = await makeLink();
    const [one, other] = [browser(), browser()];
    await enter(one, link);
    await rpcOf(one).room.join({ roomId });
    await anna.rpc.guest.revokeLink({ roomId, id: link.id });
    expect(await refusal(rpcOf(one).room.join({ roomId }))).toBe('allowed');
    const second = await makeLink();
    await enter(other, second);
    await rpcOf(other).room.join({ roomId });
    await anna.rpc.guest.revokeLink({ roomId, id: second.id, sendAway: true });
    expect(await refusal(rpcOf(other).room.join({ roomId }))).toBe('UNAUTHORIZED');
    expect(await refusal(rpcOf(one).room.join({ roomId }))).toBe('allowed');
  });
});

describe('a guest', () => {
  it('is a person of the room: seen as a guest, found nowhere else', async () => {
    const here = browser();
    const me = await enter(here, await makeLink(), '  Lena\u200b \u202eK ');
    if (typeof me === 'string') throw new Error(me);
    expect(me).toMatchObject({ email: null, guest: { roomId }, person: { name: 'Lena K', guest: true, handle: '' } });
    await rpcOf(here).room.join({ roomId });
    const { audience } = await anna.rpc.room.join({ roomId });
    expect(audience.everyoneElse.people.map(({ person }) => person.id)).toEqual([me.id]);
    expect(await refusal(wei.rpc.follow.follow({ accountId: me.id }))).toBe('NOT_FOUND');
    expect((await wei.rpc.follow.suggestions()).map(({ person }) => person.id)).not.toContain(me.id);
    expect(await refusal(wei.rpc.profile.get({ handle: '' }))).toBe('NOT_FOUND');
  });

  it('may not be called like somebody in the room, or like somebody with a say', async () => {
    const link = await makeLink();
    await enter(browser(), link, 'Lena');
    for (const name of ['Аnnа Fеrri', 'anna-ferri', 'LENA', 'Lеna']) {
      expect(await enter(browser(), link, name), name).toBe('CONFLICT name_taken');
    }
    expect(await enter(browser(), link, 'Mоderator')).toBe('CONFLICT name_refused');
    expect(await enter(browser(), link, '\u200b')).toBe('CONFLICT name_refused');
    expect(await enter(browser(), link, 'x'.repeat(41))).toMatch(/BAD_REQUEST/);
    expect(typeof (await enter(browser(), link, 'Wei')), 'she is not in the room').toBe('object');
  });

  it('stays the same one on the same device, without another use', async () => {
    const link = await makeLink({ uses: 2 });
    const here = browser();
    const first = (await enter(here, link, 'Lena')) as Me;
    await rpcOf(here).room.join({ roomId });
    const again = (await enter(here, link, 'Lena K')) as Me;
    await rpcOf(here).room.join({ roomId });
    expect(again).toMatchObject({ id: first.id });
    expect(again.person?.name).toBe('Lena K');
    expect((await anna.rpc.guest.links({ roomId }))[0]?.usesLeft).toBe(1);
  });

  it('is offered the stage by a speaker link, and has a microphone only after accepting', async () => {
    const here = browser();
    await enter(here, await makeLink({ kind: 'speaker' }), 'Lena');
    const rpc = rpcOf(here);
    const { own } = await rpc.room.join({ roomId });
    expect(own).toMatchObject({ role: 'listener', hand: 'offered' });
    expect(await refusal(rpc.room.setMicrophone({ roomId, open: true }))).toBe('CONFLICT not_on_stage');
    expect((await house.server.ctx.room.wantedGrants(roomId)).get(own.participationId)?.publish).toBe(false);
    await rpc.room.acceptOffer({ roomId });
    await rpc.room.setMicrophone({ roomId, open: true });
    expect((await house.server.ctx.room.wantedGrants(roomId)).get(own.participationId)?.publish).toBe(true);
  });

  it('is offered the stage again on asking, until a moderator takes that back', async () => {
    const here = browser();
    await enter(here, await makeLink({ kind: 'speaker' }), 'Lena');
    const rpc = rpcOf(here);
    const { own } = await rpc.room.join({ roomId });
    await rpc.room.lowerHand({ roomId });
    await rpc.room.raiseHand({ roomId });
    expect((await rpc.room.join({ roomId })).own.hand).toBe('offered');
    await rpc.room.acceptOffer({ roomId });
    await anna.rpc.room.moveToAudience({ roomId, participationId: own.participationId });
    await rpc.room.raiseHand({ roomId });
    expect((await rpc.room.join({ roomId })).own.hand).toBe('raised');
    await rpc.room.leave({ roomId });
    expect((await rpc.room.join({ roomId })).own.hand).toBe('lowered');
  });

  it('is not offered the stage by a listener link', async () => {
    const here = browser();
    await enter(here, await makeLink());
    expect((await rpcOf(here).room.join({ roomId })).own.hand).toBe('lowered');
  });

  it('who was removed comes back by no link, tab or device mark', async () => {
    const link = await makeLink();
    const here = browser();
    await enter(here, link, 'Lena');
    const { own } = await rpcOf(here).room.join({ roomId });
    const tab = await openTab({ origin: house.origin, cookie: here.cookie() });
    tab.watch(`room:${roomId}`);
    await tab.snapshot();
    await anna.rpc.room.remove({ roomId, participationId: own.participationId });
    await tab.until(() => tab.messages.find((message) => message.type === 'gone' && message.reason === 'removed'));
    const asked = { roomId, participationId: own.participationId, issuedAtSeconds: null };
    expect(await house.server.ctx.room.admit(asked)).toMatchObject({ ok: false });
    expect(await refusal(rpcOf(here).room.join({ roomId }))).toBe('UNAUTHORIZED');
    for (const next of [link, await makeLink({ kind: 'speaker' })]) {
      expect(await enter(here, next, 'Somebody else')).toBe('LINK_REFUSED removed');
      here.forget('salotto');
      expect(await enter(here, next, 'Somebody else')).toBe('LINK_REFUSED removed');
    }
  });

  it('who was removed is told so, and nothing more: every open socket of theirs ends within a second', async () => {
    const here = browser();
    await enter(here, await makeLink(), 'Lena');
    const { own } = await rpcOf(here).room.join({ roomId });
    const bare = await openTab({ origin: house.origin, cookie: here.cookie() });
    const mine = await openTab({ origin: house.origin, cookie: here.cookie() });
    mine.watch('me');
    await mine.until(() => mine.messages.find(({ type }) => type === 'me'));
    const stays = await openTab({ origin: house.origin, cookie: anna.cookie });
    await anna.rpc.room.remove({ roomId, participationId: own.participationId });
    expect(await Promise.all([bare.closed(1_000), mine.closed(1_000)])).toEqual(Array(2).fill(CLOSE_SIGNED_OUT));
    const told = mine.messages.flatMap((message) => (message.type === 'me' ? message.places : []));
    expect(told.at(-1)).toMatchObject({ participationId: own.participationId, out: 'removed' });
    await expect(stays.closed(100)).rejects.toThrow('not told');
  });

  it('writes into the chat under the mark of a guest, and takes only what is theirs away', async () => {
    const here = browser();
    await enter(here, await makeLink(), 'Lena');
    const { message, room } = rpcOf(here);
    await room.join({ roomId });
    const theirs = await anna.rpc.message.post({ roomId, text: 'Welcome', key: crypto.randomUUID() });
    const own = await message.post({ roomId, text: 'Thank you', replyTo: theirs.id, key: crypto.randomUUID() });
    expect(own.person).toMatchObject({ name: 'Lena', guest: true });
    expect((await anna.rpc.message.page({ roomId })).messages.map(({ person }) => person.name)).toContain('Lena');
    await message.markRead({ roomId, messageId: own.id });
    expect(await message.marker({ roomId })).toEqual({ readId: own.id });
    expect(await refusal(message.remove({ roomId, messageId: theirs.id }))).toBe('FORBIDDEN role');
    await message.remove({ roomId, messageId: own.id });
    expect(await refusal(message.setSettings({ roomId, open: false }))).toBe('FORBIDDEN guest');
  });

  it('ends with the room: sign-in, device mark and network', async () => {
    const here = browser();
    await enter(here, await makeLink());
    await rpcOf(here).room.join({ roomId });
    await anna.rpc.room.end({ roomId });
    expect(await refusal(rpcOf(here).room.join({ roomId }))).toBe('UNAUTHORIZED');
    expect(await rpcOf(here).account.me()).toBeNull();
    const left = (await house.db.select().from(guestTable)).filter((row) => row.roomId === roomId);
    expect(left.map((row) => [row.deviceHash, row.networkHash])).toEqual([[null, null]]);
  });

  it('watches no hallway', async () => {
    const here = browser();
    await enter(here, await makeLink());
    const tab = await openTab({ origin: house.origin, cookie: here.cookie() });
    tab.watch('hallway');
    await tab.until(() => tab.messages.find((message) => message.type === 'gone' && message.subject === 'hallway'));
    expect(await refusal(rpcOf(here).hallway.get())).toBe('FORBIDDEN guest');
  });
});
