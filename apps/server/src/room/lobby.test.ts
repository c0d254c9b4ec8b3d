import { KNOCK_HELD_MS, type RoomId, TURNED_AWAY_MS } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuestBrowser } from '../testing/guests.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import { openTab } from '../testing/tab.ts';
import * as logStore from './log-store.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let marta: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  await house.server.ctx.reaper.stop();
  [anna, wei, marta] = await Promise.all([house.person(), house.person(), house.person()]);
});
afterAll(() => house.close());

let roomId: RoomId;
const start = async (lobby: boolean) => {
  const key = crypto.randomUUID();
  ({ roomId } = await anna.rpc.room.start({ title: 'Behind the door', topics: [], locale: 'en', lobby, key }));
};
beforeEach(() => start(true));

const knock = (person: SignedIn) => person.rpc.room.knock({ roomId });
const enter = (person: SignedIn) => refusal(person.rpc.room.join({ roomId }));
const waiting = async () => (await anna.rpc.room.lobby({ roomId })).knocks.map(({ person }) => person.id);

describe('the lobby', () => {
  it('shows whoever waits title and moderators, and nothing of the room is open to them', async () => {
    expect(await enter(wei)).toBe('FORBIDDEN lobby');
    expect(await knock(wei)).toMatchObject({
      ...{ state: 'waiting', title: 'Behind the door', waiting: 1 },
      moderators: [{ id: anna.id }],
    });
    const closed = [
      wei.rpc.room.connect({ roomId }),
      wei.rpc.room.raiseHand({ roomId }),
      wei.rpc.room.ledger({ roomId }),
      wei.rpc.room.lobby({ roomId }),
      wei.rpc.room.letIn({ roomId, accountId: wei.id }),
    ];
    expect(await Promise.all(closed.map(refusal))).toEqual(Array(5).fill('FORBIDDEN not_in_room'));
    const tab = await openTab({ origin: house.origin, cookie: wei.cookie });
    for (const subject of [`room:${roomId}`, `chat:${roomId}`] as const) {
      tab.watch(subject);
      await tab.until(
        () => tab.messages.find((message) => message.type === 'gone' && message.subject === subject) && true,
      );
    }
    tab.cut();
  });

  it('tells moderators alone that somebody waits, and lets in whom they let in', async () => {
    await anna.rpc.room.join({ roomId });
    const tab = await openTab({ origin: house.origin, cookie: anna.cookie });
    tab.watch(`room:${roomId}`);
    await tab.snapshot();
    await Promise.all([knock(wei), knock(marta)]);
    await tab.until(
      () => tab.messages.find((message) => message.type === 'room.lobby' && message.waiting === 2) && true,
    );
    expect((await waiting()).sort()).toEqual([wei.id, marta.id].sort());
    await anna.rpc.room.letIn({ roomId, accountId: wei.id });
    expect([(await knock(wei)).state, (await knock(marta)).state]).toEqual(['open', 'waiting']);
    expect([await enter(wei), await enter(marta)]).toEqual(['allowed', 'FORBIDDEN lobby']);
    expect(await refusal(anna.rpc.room.letIn({ roomId, accountId: wei.id }))).toBe('NOT_FOUND');
    await anna.rpc.room.letAllIn({ roomId });
    expect([await enter(marta), await waiting()]).toEqual(['allowed', []]);
    await wei.rpc.room.leave({ roomId });
    expect(await enter(wei)).toBe('allowed');
    const logged = await logStore.updatesAfter(house.db, roomId, { after: 0, limit: 100 });
    expect(logged.flatMap((update) => (update.kind === 'knock.answered' ? update.accountId : []))).toEqual([
      wei.id,
      marta.id,
    ]);
    tab.cut();
  });

  it('keeps whom they turn away out for a while', async () => {
    await knock(wei);
    await anna.rpc.room.turnAway({ roomId, accountId: wei.id });
    expect([await refusal(knock(wei)), await enter(wei)]).toEqual(['FORBIDDEN turned_away', 'FORBIDDEN lobby']);
    house.clock.advance(TURNED_AWAY_MS);
    expect((await knock(wei)).state).toBe('waiting');
  });

  it('forgets who goes, with a word or without, and whoever waits when the door is locked or the lobby is off', async () => {
    await Promise.all([knock(wei), knock(marta)]);
    await wei.rpc.room.leave({ roomId });
    expect(await waiting()).toEqual([marta.id]);
    house.clock.advance(KNOCK_HELD_MS + 1);
    expect(await waiting()).toEqual([]);
    await knock(wei);
    await anna.rpc.room.change({ roomId, locked: true });
    expect([await waiting(), await refusal(knock(wei))]).toEqual([[], 'CONFLICT room_locked']);
    await anna.rpc.room.change({ roomId, locked: false, lobby: false });
    expect([(await knock(wei)).state, await enter(wei)]).toEqual(['open', 'allowed']);
  });

  it('lets in whom somebody on stage called, but not whom a listener did', async () => {
    await anna.rpc.room.change({ roomId, lobby: false });
    await wei.rpc.room.join({ roomId });
    await anna.rpc.room.change({ roomId, lobby: true });
    await house.server.ctx.room.invite(roomId, { accountId: wei.id }, [marta.id]);
    expect(await enter(marta)).toBe('FORBIDDEN lobby');
    await house.server.ctx.room.invite(roomId, { accountId: anna.id }, [marta.id]);
    expect(await enter(marta)).toBe('allowed');
  });
});

describe('guests', () => {
  async function guestBy(kind: 'listener' | 'speaker') {
    const { token } = await anna.rpc.guest.makeLink({ roomId, kind, expiry: 'hour', uses: null });
    const browser = createGuestBrowser(house.origin);
    const me = await browser.call<{ id: string }>('guest/enter', {
      token,
      name: `Guest ${Math.random()}`,
      locale: 'en',
    });
    return { me, rpc: house.client(browser.cookie()) };
  }

  it('with a speaker link pass, unless the moderators say otherwise', async () => {
    const [listener, speaker, another] = [
      await guestBy('listener'),
      await guestBy('speaker'),
      await guestBy('speaker'),
    ];
    expect(await refusal(listener.rpc.room.join({ roomId }))).toBe('FORBIDDEN lobby');
    expect((await listener.rpc.room.knock({ roomId })).state).toBe('waiting');
    expect(await refusal(speaker.rpc.room.join({ roomId }))).toBe('allowed');
    await anna.rpc.room.change({ roomId, speakerLinksPassLobby: false });
    expect(await refusal(another.rpc.room.join({ roomId }))).toBe('FORBIDDEN lobby');
  });

  it('from the network of one who was removed must knock until the room ends, whatever the lobby', async () => {
    await start(false);
    const bad = await guestBy('listener');
    const before = await guestBy('listener');
    await before.rpc.room.join({ roomId });
    const { own } = await bad.rpc.room.join({ roomId });
    await anna.rpc.room.remove({ roomId, participationId: own.participationId });
    const again = await guestBy('speaker');
    expect(await refusal(again.rpc.room.join({ roomId }))).toBe('FORBIDDEN lobby');
    expect(await refusal(before.rpc.room.join({ roomId }))).toBe('allowed');
    expect(await enter(wei)).toBe('allowed');
    await again.rpc.room.knock({ roomId });
    await anna.rpc.room.letAllIn({ roomId });
    expect(await refusal(again.rpc.room.join({ roomId }))).toBe('allowed');
  });
});
