import type { RoomId } from '@salotto/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryWindows } from '../account/window.ts';
import type { Committed } from '../room/runner.ts';
import { createRoomService } from '../room/service.ts';
import { createSounds } from '../room/sounds.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { createRoomReaper } from './room-reaper.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  await house.server.ctx.reaper.stop();
  [anna, wei] = await Promise.all([house.person(), house.person()]);
});
afterAll(() => house.close());

/** What another process has of the same rooms: its own queue of commands and its own reaper. */
function anotherProcess() {
  const { db, presence, plane, publisher } = house.server.ctx;
  const committed: Committed[] = [];
  const room = createRoomService({
    ...{ db, presence, plane, clock: house.clock.now },
    sounds: createSounds({ clock: house.clock.now, publisher }),
    windows: createMemoryWindows(house.clock.now),
    cards: async () => new Map(),
    topics: async () => new Map(),
    countIn: async () => true,
    isBlockedByAny: async () => false,
    blockedEitherWay: async () => new Set(),
    followedByAny: async () => new Set(),
    spokenMs: async () => new Map(),
    followsAmong: async () => [],
    floorOf: async () => 'unmeasured',
    standingOffer: async () => false,
    fromRemovedNetwork: async () => false,
    onLobbyChanged: () => {},
    onCommitted: (one) => committed.push(one),
    onAudienceChanged: () => {},
    onLeft: () => {},
    onPlacesChanged: () => {},
  });
  const onError = (error: unknown) => {
    throw error;
  };
  return { reaper: createRoomReaper({ room, onError }), updates: () => committed.flatMap(({ updates }) => updates) };
}

test('several processes do the work of time once between them', async () => {
  const { roomId }: { roomId: RoomId } = await anna.rpc.room.start({
    title: 'Radio',
    locale: 'en',
    key: crypto.randomUUID(),
  });
  const { own } = await wei.rpc.room.join({ roomId });
  await anna.rpc.room.offerStage({ roomId, participationId: own.participationId });
  const processes = Array.from({ length: 4 }, anotherProcess);
  const pass = () => Promise.all(processes.map(({ reaper }) => reaper.tick()));
  const told = () =>
    processes
      .flatMap(({ updates }) => updates())
      .sort((one, other) => one.seq - other.seq)
      .map(({ kind }) => kind);

  const advance = (ms: number) => {
    house.clock.advance(ms);
    // Wei is seen all along, Anna is not.
    house.server.ctx.presence.seen({ roomId, participationId: own.participationId, accountId: wei.id });
  };
  advance(31_000);
  await pass();
  await pass();
  expect(told()).toEqual(['seat.lost']);
  advance(30_000);
  await pass();
  expect(told()).toEqual(['seat.lost', 'hand.lowered']);
  advance(95_000);
  await pass();
  expect(told()).toEqual(['seat.lost', 'hand.lowered', 'stage.left']);
  advance(61_000);
  await pass();
  await pass();
  expect(told()).toEqual(['seat.lost', 'hand.lowered', 'stage.left', 'room.ended']);
  const log = await house.server.ctx.room.updatesAfter(roomId, { after: 0, limit: 100 });
  expect(log.map(({ logged }) => logged.kind)).toEqual(['stage.joined', 'hand.offered', ...told()]);
  expect(log.map(({ logged }) => logged.seq)).toEqual([1, 2, 3, 4, 5, 6]);
});
