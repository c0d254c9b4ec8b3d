import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type SignedIn, signInAs, type TestServer } from '../testing/index.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let first: RoomId;
let second: RoomId;

beforeAll(async () => {
  house = await createTestServer();
});
afterAll(() => house?.close());

const start = async (person: SignedIn, title: string) =>
  (await person.rpc.room.start({ title, locale: 'en', key: crypto.randomUUID() })).roomId;

beforeEach(async () => {
  [anna, wei] = await Promise.all([house.person(), house.person()]);
  [first, second] = await Promise.all([start(anna, 'First'), start(await house.person(), 'Second')]);
});

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );
const enter = (person: Pick<SignedIn, 'rpc'>, roomId: RoomId, elsewhere: 'ask' | 'leave' = 'ask') =>
  outcome(person.rpc.room.join({ roomId, elsewhere }));
const stageOf = async (roomId: RoomId) => (await house.server.ctx.room.view(roomId, 'everyone')).stage;
async function onStage(person: SignedIn): Promise<void> {
  const { own } = await person.rpc.room.join({ roomId: first });
  await anna.rpc.room.offerStage({ roomId: first, participationId: own.participationId });
  await person.rpc.room.acceptOffer({ roomId: first });
}

describe('one room at a time', () => {
  it('asks before a second one, and says what is given up', async () => {
    await onStage(wei);
    expect(await enter(wei, second)).toBe('CONFLICT elsewhere');
    expect(await wei.rpc.room.elsewhere({ roomId: second })).toEqual({
      seat: false,
      rooms: [{ roomId: first, title: 'First', role: 'speaker', moderators: 1, onStage: 2 }],
    });
    expect(await enter(wei, second, 'leave')).toBe('ok');
    expect((await stageOf(first)).map((seat) => seat.person.id)).toEqual([anna.id]);
    expect(await enter(wei, second)).toBe('ok');
  });

  it('the moderator’s role passes, and a room that lets nobody in takes nothing away', async () => {
    await onStage(wei);
    await anna.rpc.room.change({ roomId: first, title: 'First' });
    const closed = await start(await house.person(), 'Third');
    await house.db.execute(`update room set locked = true where id = '${closed}'`);
    expect(await enter(anna, closed, 'leave')).toBe('CONFLICT room_locked');
    expect((await stageOf(first)).map((seat) => seat.role)).toEqual(['moderator', 'speaker']);
    expect(await enter(anna, second, 'leave')).toBe('ok');
    expect((await stageOf(first)).map((seat) => [seat.person.id, seat.role])).toEqual([[wei.id, 'moderator']]);
  });

  it('does not ask about a room that one went from without a word', async () => {
    await wei.rpc.room.join({ roomId: first });
    expect(await enter(wei, second)).toBe('CONFLICT elsewhere');
    house.clock.advance(40_000);
    expect(await enter(wei, second)).toBe('ok');
  });
});

it('a seat on stage moves to another device when that is wanted, and there is never a second one', async () => {
  await onStage(wei);
  const phone = { rpc: house.client((await signInAs(house.db, wei)).cookie) };
  expect(await enter(phone, first)).toBe('CONFLICT seat_elsewhere');
  expect(await phone.rpc.room.elsewhere({ roomId: first })).toEqual({ seat: true, rooms: [] });
  expect(await enter(wei, first), 'the device that has it').toBe('ok');
  expect(await enter(phone, first, 'leave')).toBe('ok');
  expect([await enter(phone, first), await enter(wei, first)]).toEqual(['ok', 'CONFLICT seat_elsewhere']);
  expect((await stageOf(first)).filter((seat) => seat.person.id === wei.id)).toHaveLength(1);
});

describe('what a room was', () => {
  it('is for whoever took part', async () => {
    await onStage(wei);
    await wei.rpc.room.leaveStage({ roomId: first });
    const marta = await house.person();
    await marta.rpc.room.join({ roomId: first });
    await marta.rpc.room.leave({ roomId: first });
    house.clock.advance(90_000);
    await anna.rpc.room.end({ roomId: first });
    const summary = await marta.rpc.room.summary({ roomId: first });
    expect(summary).toMatchObject({ title: 'First', onStageCount: 2 });
    expect((summary.endedAt ?? 0) - summary.startedAt).toBe(90_000);
    expect(summary.onStage.map((person) => person.id)).toEqual([anna.id, wei.id]);
    const stranger = await house.person();
    expect(await outcome(stranger.rpc.room.summary({ roomId: first }))).toBe('FORBIDDEN not_in_room');
  });

  it('is kept from whoever was removed', async () => {
    const { own } = await wei.rpc.room.join({ roomId: first });
    await anna.rpc.room.remove({ roomId: first, participationId: own.participationId });
    expect(await outcome(wei.rpc.room.summary({ roomId: first }))).toBe('FORBIDDEN not_in_room');
  });
});
