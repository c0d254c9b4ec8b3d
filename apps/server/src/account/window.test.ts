import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { connectRedis } from '../redis.ts';
import { startTestRedis } from '../testing/redis.ts';
import { createRedisWindows, withFallback } from './redis-windows.ts';
import { windowSuite } from './window.suite.ts';
import { createMemoryWindows } from './window.ts';

const redis = await startTestRedis();
afterAll(() => redis?.stop());
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
const clock = () => 1_700_000_000_000;
const twice = () => [{ rule: { name: randomUUID(), limit: 2, windowMs: 60_000, maxKeys: 9 }, key: 'a' }];

async function connections() {
  const made = await connectRedis({ url: redis?.url ?? '', secret: 'x' });
  closing.push(made.close);
  await expect.poll(() => made.commands.status).toBe('ready');
  return made;
}

describe('in memory', () => {
  windowSuite(createMemoryWindows);

  test('whoever was seen longest ago is forgotten first', async () => {
    const store = createMemoryWindows(() => 0);
    const rule = { name: 'x', limit: 2, windowMs: 100, maxKeys: 2 };
    for (const key of ['a', 'b', 'a', 'b', 'c']) await store.take([{ rule, key }]);
    expect(await store.take([{ rule, key: 'b' }])).toBe(100);
    expect(await store.take([{ rule, key: 'a' }])).toBe(0);
  });
});

describe.skipIf(!redis)('in Redis (needs redis-server)', async () => {
  const shared = redis ? await connectRedis({ url: redis.url, secret: 'x' }) : null;
  afterAll(() => shared?.close());
  if (shared) {
    if (shared.commands.status !== 'ready') await new Promise((resolve) => shared.commands.once('ready', resolve));
    windowSuite((now) => createRedisWindows({ redis: shared, clock: now }));
  }

  test('two processes count together', async () => {
    const [here, there] = [await connections(), await connections()].map((made) =>
      withFallback(createRedisWindows({ redis: made, clock }), createMemoryWindows(clock)),
    );
    const uses = twice();
    expect(await here?.take(uses)).toBe(0);
    expect(await there?.take(uses)).toBe(0);
    expect(await here?.take(uses)).toBe(60_000);
    expect(await there?.take(uses)).toBe(60_000);
  });

  test('without Redis each goes on from what it counted itself, and asks it again when it is back', async () => {
    const made = await connections();
    const store = withFallback(createRedisWindows({ redis: made, clock }), createMemoryWindows(clock));
    const uses = twice();
    expect(await store.take(uses)).toBe(0);
    await redis?.kill();
    expect(await store.take(uses)).toBe(0);
    expect(await store.take(uses)).toBe(60_000);
    await redis?.start();
    await expect.poll(() => made.commands.status, { timeout: 10_000 }).toBe('ready');
    // This Redis kept nothing on disk: it counts anew.
    expect(await store.take(uses)).toBe(0);
  });

  test('neither addresses nor mail addresses are kept there', async () => {
    const made = await connections();
    const rule = { name: 'client', limit: 2, windowMs: 60_000, maxKeys: 9 };
    await createRedisWindows({ redis: made, clock }).take([{ rule, key: '192.0.2.77' }]);
    const keys = await made.commands.keys('*');
    expect(keys.filter((key) => key.includes('limit:client:'))).toHaveLength(1);
    expect(keys.join()).not.toContain('192.0.2.77');
  });
});
