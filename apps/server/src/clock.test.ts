import { randomUUID } from 'node:crypto';
import { SEAT_HELD_MS } from '@salotto/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSteadyClock } from './clock.ts';
import { createTestServer, type SignedIn, type TestServer } from './testing/server.ts';
import { openTab, type TestTab } from './testing/tab.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 24);

/** A machine whose clock can be set, and that can sleep. */
function createMachine() {
  let [wall, monotonic, boot] = [START, 0, 0];
  return {
    sources: { wall: () => wall, monotonic: () => monotonic, sinceBoot: () => boot },
    pass(ms: number) {
      wall += ms;
      monotonic += ms;
      boot += ms;
    },
    set(byMs: number) {
      wall += byMs;
    },
    sleep(ms: number) {
      wall += ms;
      boot += ms;
    },
  };
}

describe('a steady clock', () => {
  test.each([HOUR, -HOUR])('set by %i ms, time goes on, and nears the machine’s', (jump) => {
    const machine = createMachine();
    const clock = createSteadyClock(machine.sources);
    machine.pass(1_000);
    expect(clock()).toBe(START + 1_000);
    machine.set(jump);
    expect(clock()).toBe(START + 1_000);
    machine.pass(10_000);
    expect(clock()).toBe(START + 11_000 + Math.sign(jump) * 1_000);
    let before = clock();
    for (let minute = 0; minute < 11 * 60; minute += 1) {
      machine.pass(60_000);
      expect(clock()).toBeGreaterThan(before);
      before = clock();
    }
    expect(clock()).toBe(machine.sources.wall());
  });

  test('a machine that slept, and one that had no clock, are believed at once', () => {
    const machine = createMachine();
    const clock = createSteadyClock(machine.sources);
    machine.sleep(8 * HOUR);
    expect(clock()).toBe(START + 8 * HOUR);
    machine.set(400 * 24 * HOUR);
    expect(clock()).toBe(START + 8 * HOUR + 400 * 24 * HOUR);
  });
});

describe.each([
  ['an hour forward', HOUR],
  ['an hour back', -HOUR],
])('a server whose machine’s clock is set %s', (_name, jump) => {
  const machine = createMachine();
  let house: TestServer;
  let anna: SignedIn;
  let wei: SignedIn;
  let tab: TestTab;
  beforeEach(async () => {
    // From the real time: libraries look at that one.
    machine.set(Date.now() - machine.sources.wall());
    house = await createTestServer({ clock: createSteadyClock(machine.sources) });
    [anna, wei] = [await house.person(), await house.person()];
    tab = await openTab({ origin: house.origin, cookie: anna.cookie });
  });
  afterEach(async () => {
    tab.cut();
    await house.close();
  });

  test('seats, offers and sign-ins stand, and still end in their time', async () => {
    const { roomId } = await anna.rpc.room.start({ title: 'Clocks', topics: [], locale: 'en', key: randomUUID() });
    const { participationId } = (await wei.rpc.room.join({ roomId })).own;
    await anna.rpc.room.offerStage({ roomId, participationId });
    tab.watch(`room:${roomId}`);
    await tab.snapshot();
    const { room, presence } = house.server.ctx;
    const seatOf = async () => (await room.view(roomId, 'stage')).stage[0];

    machine.set(jump);
    await room.upkeep(roomId);
    expect(await seatOf()).toMatchObject({ lost: false });
    expect((await room.view(roomId, 'stage')).hands).toMatchObject([{ state: 'offered' }]);
    await wei.rpc.room.acceptOffer({ roomId });
    expect((await room.view(roomId, 'stage')).stage).toHaveLength(2);
    expect(await wei.rpc.account.me()).toMatchObject({ id: wei.id });

    // Nobody shows up any more: seats are lost, held, and given up, as without a jump.
    tab.cut();
    await vi.waitFor(() => expect(house.server.ctx.updates.counts().sockets).toBe(0), 5_000);
    presence.gone(roomId, participationId);
    machine.pass(40_000);
    await room.upkeep(roomId);
    expect(await seatOf()).toMatchObject({ lost: true });
    machine.pass(SEAT_HELD_MS * 0.8);
    await room.upkeep(roomId);
    expect((await room.view(roomId, 'stage')).stage).toHaveLength(2);
    machine.pass(SEAT_HELD_MS * 0.4);
    await room.upkeep(roomId);
    expect((await room.view(roomId, 'stage')).stage).toHaveLength(0);
  });
});
