import { randomUUID } from 'node:crypto';
import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import { openTab } from '../testing/tab.ts';
import { createHandQueues } from './hand-queue.ts';
import * as logStore from './log-store.ts';

let house: TestServer;
let anna: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  anna = await house.person({ name: 'Anna' });
});
afterAll(() => house.close());

const startRoom = async () =>
  (await anna.rpc.room.start({ title: 'Questions', locale: 'en', key: randomUUID() })).roomId;

async function raise(roomId: RoomId, person: SignedIn) {
  house.clock.advance(10_000);
  const { own } = await person.rpc.room.join({ roomId });
  await person.rpc.room.raiseHand({ roomId });
  return own.participationId;
}

async function speakOnce(roomId: RoomId, person: SignedIn) {
  const { own } = await person.rpc.room.join({ roomId });
  await anna.rpc.room.offerStage({ roomId, participationId: own.participationId });
  await person.rpc.room.acceptOffer({ roomId });
  await person.rpc.room.leaveStage({ roomId });
}

describe('the queue of hands', () => {
  it('is called in the order that the moderators chose, and everybody in the room can see why', async () => {
    const roomId = await startRoom();
    const [again, fresh] = await Promise.all([house.person({ name: 'Again' }), house.person({ name: 'Fresh' })]);
    await speakOnce(roomId, again);
    const [ofAgain, ofFresh] = [await raise(roomId, again), await raise(roomId, fresh)];
    const { room } = await anna.rpc.room.join({ roomId });
    expect(room.hands.map((hand) => [hand.person.name, hand.onStageBefore])).toEqual([
      ['Again', true],
      ['Fresh', false],
    ]);
    expect(room.visits).toEqual({ [`person ${again.id}`]: 1 });
    await anna.rpc.room.setHandOrder({ roomId, order: 'first_timers' });
    expect(await anna.rpc.room.callNext({ roomId })).toEqual({ participationId: ofFresh });
    expect(await anna.rpc.room.callNext({ roomId })).toEqual({ participationId: ofAgain });
    expect(await refusal(anna.rpc.room.callNext({ roomId }))).toBe('CONFLICT hand_not_raised');

    const { entries } = await fresh.rpc.room.calls({ roomId });
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).sort((a, b) => b - a));
    expect(
      entries.map((entry) =>
        entry.kind === 'order' ? entry.order : [entry.person.name, entry.by?.name, entry.reason, entry.waitedMs],
      ),
    ).toEqual([
      [
        ...['Again', 'Anna'],
        { order: 'first_timers', place: 1, raised: 1, spokenMs: 0, onStageBefore: true, visits: 1 },
        10_000,
      ],
      [
        ...['Fresh', 'Anna'],
        { order: 'first_timers', place: 1, raised: 2, spokenMs: 0, onStageBefore: false, visits: 0 },
        0,
      ],
      'first_timers',
      ['Again', 'Anna', null, 0],
    ]);
    const log = await logStore.updatesAfter(house.db, roomId, { after: 0, limit: 100 });
    expect(JSON.stringify(log), 'the log holds no names').not.toMatch(/Again|Fresh|Anna/);
  });

  it('lets a moderator offer out of order, and says so', async () => {
    const roomId = await startRoom();
    const people = await Promise.all([house.person(), house.person(), house.person()]);
    const hands: string[] = [];
    for (const person of people) hands.push(await raise(roomId, person));
    await anna.rpc.room.offerStage({ roomId, participationId: hands[2] as never });
    const { entries } = await anna.rpc.room.calls({ roomId });
    expect(entries).toMatchObject([{ kind: 'called', reason: { order: 'first_come', place: 3, raised: 3 } }]);
  });

  it('tells only people in the room, and lets only moderators call', async () => {
    const roomId = await startRoom();
    const [inside, outside] = await Promise.all([house.person(), house.person()]);
    await raise(roomId, inside);
    expect(await refusal(outside.rpc.room.calls({ roomId }))).toBe('FORBIDDEN not_in_room');
    expect(await refusal(outside.rpc.room.callNext({ roomId }))).toBe('FORBIDDEN not_in_room');
    expect(await refusal(inside.rpc.room.callNext({ roomId }))).toBe('FORBIDDEN role');
    expect(await refusal(inside.rpc.room.setHandOrder({ roomId, order: 'first_timers' }))).toBe('FORBIDDEN role');
  });

  it('never calls one hand twice when two moderators call at once', async () => {
    const roomId = await startRoom();
    const second = await house.person();
    const { own } = await second.rpc.room.join({ roomId });
    await anna.rpc.room.offerStage({ roomId, participationId: own.participationId });
    await second.rpc.room.acceptOffer({ roomId });
    await anna.rpc.room.makeModerator({ roomId, participationId: own.participationId });
    const people = await Promise.all(Array.from({ length: 6 }, () => house.person()));
    for (const person of people) await raise(roomId, person);
    const moderators = [anna, second, anna, second, anna, second];
    const called = await Promise.all(moderators.map((one) => one.rpc.room.callNext({ roomId })));
    expect(new Set(called.map(({ participationId }) => participationId)).size).toBe(6);
  });

  it('knows from the ledger who spoke least', async () => {
    const roomId = await startRoom();
    const [talker, quiet] = await Promise.all([house.person(), house.person()]);
    const asked: string[] = [];
    const queues = createHandQueues({
      db: house.db,
      cards: async () => new Map(),
      spokenMs: async (room) => {
        asked.push(room);
        return new Map([
          [talker.id, 90_000.4],
          [quiet.id, 40_000],
        ]);
      },
    });
    expect(await queues.factsOf(roomId, quiet.id)).toEqual({ spokenMs: 0, onStageBefore: false });
    expect(asked, 'who was never on stage has not spoken').toEqual([]);
    await speakOnce(roomId, talker);
    expect(await queues.factsOf(roomId, talker.id)).toEqual({ spokenMs: 90_000, onStageBefore: true });
  });
});

describe('one’s own place', () => {
  it('is told when it changes, to its owner alone', async () => {
    const roomId = await startRoom();
    const [first, second] = await Promise.all([house.person(), house.person()]);
    for (const person of [first, second]) await person.rpc.room.join({ roomId });
    const tabs = await Promise.all(
      [first, second].map(async ({ cookie }) => {
        const tab = await openTab({ origin: house.origin, cookie });
        tab.watch(`room:${roomId}`);
        await tab.snapshot();
        return tab;
      }),
    );
    const [one, two] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
    const places = (tab: typeof one) =>
      tab.messages.flatMap((message) => (message.type === 'me.queue' ? [message.place] : []));
    const told = (tab: typeof one, wanted: number[]) =>
      tab.until(() => (places(tab).join() === wanted.join() ? true : undefined));
    await raise(roomId, first);
    await told(one, [1]);
    await raise(roomId, second);
    await told(two, [2]);
    const { own } = await second.rpc.room.join({ roomId });
    expect(own.raisedAt).toBe(house.clock.now());
    await anna.rpc.room.callNext({ roomId });
    await told(two, [2, 1]);
    expect(places(one)).toEqual([1]);

    const later = await openTab({ origin: house.origin, cookie: second.cookie });
    later.watch(`room:${roomId}`);
    await told(later, [1]);
    for (const tab of [one, two, later]) tab.cut();
  });
});
