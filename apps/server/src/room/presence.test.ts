import { pino } from 'pino';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createListeners, createMemoryPublisher, type Publication, type Publisher } from '../realtime/publisher.ts';
import { createRedisPublisher } from '../realtime/redis-publisher.ts';
import { connectRedis } from '../redis.ts';
import { createTestClock } from '../testing/clock.ts';
import { startTestRedis } from '../testing/redis.ts';
import { presenceSuite } from './presence.suite.ts';
import { createPresence, PRESENT_MS, type Presence } from './presence.ts';
import { createSharedPresence } from './shared-presence.ts';

const redis = await startTestRedis();
afterAll(() => redis?.stop());
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const fail = (error: unknown) => {
  throw error;
};
const person = (n: number) => ({ participationId: `p${n}`, accountId: `a${n}` });
const TELL_MS = 20;

/** Publishers between which there can be a hole. */
function wires() {
  const listeners = createListeners(fail);
  const state = { status: 'ok' as 'ok' | 'degraded', since: 0 };
  const said: Publication[] = [];
  const publisher: Publisher = {
    publish(publication) {
      said.push(publication);
      if (state.status === 'ok') listeners.tell(publication);
    },
    subscribe: listeners.subscribe,
    health: () => ({ ...state }),
    close: async () => undefined,
  };
  return { publisher, state, said };
}

function shared(clock: () => number, publisher: Publisher): Presence {
  const presence = createSharedPresence({ clock, publisher, tellEveryMs: TELL_MS });
  closing.push(() => presence.close());
  return presence;
}

describe('one process', () => presenceSuite(createPresence));
describe('several processes, of which there is one', () =>
  presenceSuite((clock) => createSharedPresence({ clock, publisher: createMemoryPublisher(fail) })));

describe('several processes', () => {
  test('all count everybody, and who leaves anywhere is gone everywhere', () => {
    const clock = createTestClock();
    const { publisher } = wires();
    const [here, there] = [shared(clock.now, publisher), shared(clock.now, publisher)];
    here.seen({ roomId: 'r', ...person(1) });
    there.seen({ roomId: 'r', ...person(2) });
    const both = [person(1), person(2)];
    for (const presence of [here, there]) expect(presence.present('r')).toEqual(expect.arrayContaining(both));
    there.gone('r', 'p1');
    for (const presence of [here, there]) expect(presence.present('r')).toEqual([person(2)]);
  });

  test('a sign on one process keeps a seat on all', async () => {
    const clock = createTestClock();
    const { publisher } = wires();
    const [here, there] = [shared(clock.now, publisher), shared(clock.now, publisher)];
    here.seen({ roomId: 'r', ...person(1) });
    clock.advance(2 * PRESENT_MS);
    here.seen({ roomId: 'r', ...person(1) });
    clock.advance(5_000);
    here.seen({ roomId: 'r', ...person(1) });
    await expect.poll(() => there.lastSeen('r', 'p1')).toBe(clock.now());
  });

  test('signs are told together, not one by one', async () => {
    const clock = createTestClock();
    const { publisher, said } = wires();
    const here = shared(clock.now, publisher);
    for (let n = 0; n < 1_200; n += 1) here.seen({ roomId: 'r', ...person(n) });
    said.length = 0;
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 1_200; n += 1) here.seen({ roomId: 'r', ...person(n) });
    }
    expect(said).toEqual([]);
    await expect.poll(() => said.length).toBeGreaterThan(0);
    expect(said.map((one) => (one.kind === 'presence.seen' ? one.people.length : 0))).toEqual([500, 500, 200]);
  });

  test('a process that starts is told at once who is here', () => {
    const clock = createTestClock();
    const { publisher } = wires();
    const here = shared(clock.now, publisher);
    here.seen({ roomId: 'r', ...person(1) });
    clock.advance(4_000);
    const late = shared(clock.now, publisher);
    expect(late.present('r')).toEqual([person(1)]);
    expect(late.lastSeen('r', 'p1')).toBe(clock.now() - 4_000);
    expect(late.lastSeen('r', 'p2')).toBeNull();
  });

  test('while the others can not be heard, and for a while after, nobody loses a seat by silence', async () => {
    const clock = createTestClock();
    const { publisher, state } = wires();
    const [here, there] = [shared(clock.now, publisher), shared(clock.now, publisher)];
    there.seen({ roomId: 'r', ...person(1) });
    clock.advance(2 * PRESENT_MS);
    expect(here.lastSeen('r', 'p1')).not.toBeNull();
    state.status = 'degraded';
    state.since = clock.now();
    there.seen({ roomId: 'r', ...person(1) });
    here.seen({ roomId: 'r', ...person(2) });
    expect(here.lastSeen('r', 'p1')).toBeNull();
    expect(here.lastSeen('r', 'p2')).toBe(clock.now());
    clock.advance(10_000);
    expect(here.lastSeen('r', 'p2')).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 2 * TELL_MS));
    state.status = 'ok';
    state.since = clock.now();
    expect(here.lastSeen('r', 'nobody')).toBeNull();
    await expect.poll(() => here.present('r')).toEqual(expect.arrayContaining([person(1), person(2)]));
    expect(there.present('r')).toEqual(expect.arrayContaining([person(1), person(2)]));
    clock.advance(PRESENT_MS);
    expect(here.lastSeen('r', 'nobody')).toBe(state.since);
  });
});

describe.skipIf(!redis)('several processes through Redis (needs redis-server)', () => {
  async function start(): Promise<Presence> {
    const connections = await connectRedis({ url: redis?.url ?? '', secret: 'x' });
    closing.push(connections.close);
    const logger = pino({ level: 'silent' });
    const publisher = createRedisPublisher({ redis: connections, clock: Date.now, logger, onError: fail });
    closing.push(() => void publisher.close());
    return shared(Date.now, publisher);
  }

  test('all count everybody, through a Redis that goes and comes', async () => {
    const [here, there] = [await start(), await start()];
    here.seen({ roomId: 'r', ...person(1) });
    await expect.poll(() => there.present('r'), { timeout: 10_000 }).toEqual([person(1)]);
    await redis?.kill();
    await expect.poll(() => there.lastSeen('r', 'nobody')).toBeNull();
    there.seen({ roomId: 'r', ...person(2) });
    here.seen({ roomId: 'r', ...person(3) });
    await redis?.start();
    const all = [person(1), person(2), person(3)];
    await expect.poll(() => here.present('r'), { timeout: 10_000 }).toEqual(expect.arrayContaining(all));
    await expect.poll(() => there.present('r'), { timeout: 10_000 }).toEqual(expect.arrayContaining(all));
    here.gone('r', 'p2');
    await expect.poll(() => there.present('r').length).toBe(2);
  });
});
