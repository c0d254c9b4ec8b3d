import type { RoomId } from '@salotto/contract';
import { PINGS_PER_HOUR } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import { type Caller, canBeCalled, requireMayCall } from './policy.ts';

let house: TestServer;
beforeAll(async () => {
  house = await createTestServer();
});
afterAll(() => house.close());

let anna: SignedIn;
let bruno: SignedIn;
let roomId: RoomId;
beforeEach(async () => {
  [anna, bruno] = await Promise.all([house.person({ name: 'Anna Ferri' }), house.person({ name: 'Bruno Neri' })]);
  await bruno.rpc.follow.follow({ accountId: anna.id });
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', locale: 'en', key: crypto.randomUUID() }));
});

const callable = async (search = '') =>
  (await anna.rpc.ping.people({ roomId, search })).map(({ person, mutual, called }) => [person.id, mutual, called]);
const toldTo = async (person: SignedIn) =>
  (await person.rpc.notification.list()).map(({ kind, actor, room }) => [kind, actor.id, room?.id, room?.live]);

describe('who may call, and who can be called', () => {
  const verdict = (caller: Partial<Caller>) => {
    try {
      requireMayCall({ live: true, role: 'listener', invites: true, ...caller });
      return 'ok';
    } catch (error) {
      return error instanceof DomainError ? (error.data as { reason: string }).reason : 'broken';
    }
  };
  it.each<[Partial<Caller>, string]>([
    [{ role: 'moderator' }, 'ok'],
    [{ role: 'speaker' }, 'ok'],
    [{ role: 'listener' }, 'ok'],
    [{ role: 'listener', invites: false }, 'role'],
    [{ role: null, invites: false }, 'not_in_room'],
    [{ role: 'moderator', live: false }, 'room_ended'],
  ])('%j → %s', (caller, wanted) => expect(verdict(caller)).toBe(wanted));

  it.each([
    [{}, true],
    [{ followsCaller: false }, false],
    [{ blocked: true }, false],
    [{ inside: true }, false],
    [{ removed: true }, false],
  ])('%j → %s', (change, wanted) =>
    expect(canBeCalled({ followsCaller: true, blocked: false, inside: false, removed: false, ...change })).toBe(wanted),
  );
});

describe('calling somebody in', () => {
  test('tells a follower, once', async () => {
    expect(await callable()).toEqual([[bruno.id, false, false]]);
    await anna.rpc.ping.send({ roomId, accountId: bruno.id });
    await anna.rpc.ping.send({ roomId, accountId: bruno.id });
    expect(await callable()).toEqual([[bruno.id, false, true]]);
    expect(await toldTo(bruno)).toEqual([['ping', anna.id, roomId, true]]);
    await anna.rpc.room.end({ roomId });
    expect(await toldTo(bruno)).toEqual([['ping', anna.id, roomId, false]]);
  });

  test('into a closed room lets them in, and is for its stage', async () => {
    const input = { title: 'Behind a door', locale: 'en', visibility: 'closed', key: crypto.randomUUID() } as const;
    const closed = await anna.rpc.room.start(input);
    const carla = await house.person();
    await carla.rpc.follow.follow({ accountId: bruno.id });
    expect(await refusal(bruno.rpc.room.join(closed))).toBe('FORBIDDEN not_invited');
    await anna.rpc.ping.send({ ...closed, accountId: bruno.id });
    const { own } = await bruno.rpc.room.join(closed);
    expect(await refusal(bruno.rpc.ping.send({ ...closed, accountId: carla.id }))).toBe('FORBIDDEN role');
    expect(await refusal(bruno.rpc.ping.people(closed))).toBe('FORBIDDEN role');
    await anna.rpc.room.offerStage({ ...closed, participationId: own.participationId });
    await bruno.rpc.room.acceptOffer(closed);
    await bruno.rpc.ping.send({ ...closed, accountId: carla.id });
    expect((await carla.rpc.room.join(closed)).own.role).toBe('listener');
  });

  test('finds followers by words of the name and by handle, those whom one follows back first', async () => {
    const carla = await house.person({ name: 'Carla Neri', handle: 'carla_n' });
    await carla.rpc.follow.follow({ accountId: anna.id });
    await anna.rpc.follow.follow({ accountId: carla.id });
    expect(await callable()).toEqual([
      [carla.id, true, false],
      [bruno.id, false, false],
    ]);
    expect(await callable('neri')).toHaveLength(2);
    expect(await callable('Neri bru')).toEqual([[bruno.id, false, false]]);
    expect(await callable('@carla')).toEqual([[carla.id, true, false]]);
    expect(await callable('%')).toEqual([]);
  });

  test('leaves out who is inside, removed, or blocked on either side', async () => {
    const [inside, removed, blocked, blocking] = await Promise.all(Array.from({ length: 4 }, () => house.person()));
    if (!inside || !removed || !blocked || !blocking) throw new Error('nobody');
    for (const one of [inside, removed, blocked, blocking]) await one.rpc.follow.follow({ accountId: anna.id });
    await inside.rpc.room.join({ roomId });
    const { own } = await removed.rpc.room.join({ roomId });
    await anna.rpc.room.remove({ roomId, participationId: own.participationId });
    await anna.rpc.block.block({ accountId: blocked.id });
    await blocking.rpc.block.block({ accountId: anna.id });
    expect(await callable()).toEqual([[bruno.id, false, false]]);
    const calls = [removed, blocked, blocking].map((one) => anna.rpc.ping.send({ roomId, accountId: one.id }));
    expect(await Promise.all(calls.map(refusal))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    await anna.rpc.ping.send({ roomId, accountId: inside.id });
    for (const one of [inside, removed, blocked, blocking]) expect(await toldTo(one)).toEqual([]);
  });

  test('is for followers only, and from inside the room', async () => {
    expect(await refusal(anna.rpc.ping.send({ roomId, accountId: (await house.person()).id }))).toBe('NOT_FOUND');
    expect(await refusal(bruno.rpc.ping.send({ roomId, accountId: anna.id }))).toBe('FORBIDDEN not_in_room');
    expect(await refusal(bruno.rpc.ping.people({ roomId }))).toBe('FORBIDDEN not_in_room');
  });

  test(`is counted: ${PINGS_PER_HOUR} in an hour, those that told nobody apart`, async () => {
    const fans = await Promise.all(Array.from({ length: PINGS_PER_HOUR + 1 }, () => house.person()));
    for (const fan of fans) await fan.rpc.follow.follow({ accountId: anna.id });
    for (const fan of fans.slice(0, -1)) await anna.rpc.ping.send({ roomId, accountId: fan.id });
    expect(await refusal(anna.rpc.ping.send({ roomId, accountId: bruno.id }))).toBe('TOO_MANY_REQUESTS');
    expect(await refusal(anna.rpc.ping.send({ roomId, accountId: fans[0]?.id ?? bruno.id }))).toBe('allowed');
    house.clock.advance(60 * 60_000 + 1);
    expect(await refusal(anna.rpc.ping.send({ roomId, accountId: bruno.id }))).toBe('allowed');
  });
});
