import { pino } from 'pino';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { connectRedis } from '../redis.ts';
import { startTestRedis } from '../testing/redis.ts';
import { publisherSuite } from './publisher.suite.ts';
import type { Publication, Publisher } from './publisher.ts';
import { createRedisPublisher } from './redis-publisher.ts';

const redis = await startTestRedis();
afterAll(() => redis?.stop());
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(
  options: { secret?: string; onError?: (error: unknown) => void; lines?: string[] } = {},
): Promise<Publisher> {
  const { secret = 'one installation', onError = () => undefined, lines = [] } = options;
  const connections = await connectRedis({ url: redis?.url ?? '', secret });
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  const publisher = createRedisPublisher({ redis: connections, clock: Date.now, logger, onError });
  closing.push(async () => {
    await publisher.close();
    connections.close();
  });
  return publisher;
}

const isOk = (publisher: Publisher) => expect.poll(() => publisher.health().status, { timeout: 10_000 }).toBe('ok');
const changed = (roomId: string): Publication => ({ kind: 'hallway.changed', roomId });

describe.skipIf(!redis)('through Redis (needs redis-server)', () => {
  publisherSuite((onError) => open({ onError }));

  test('another process hears everything, in order; another installation nothing', async () => {
    const [here, there, stranger] = [await open(), await open(), await open({ secret: 'another one' })];
    await Promise.all([here, there, stranger].map(isOk));
    const [heard, overheard]: Publication[][] = [[], []];
    there.subscribe((publication) => heard?.push(publication));
    stranger.subscribe((publication) => overheard?.push(publication));
    const people = [{ participationId: 'p', accountId: 'a', ageMs: 3 }];
    const said: Publication[] = [
      changed('a'),
      { kind: 'room.updated', roomId: 'b', seq: 7 },
      { kind: 'person.changed', accountId: 'c' },
      { kind: 'revoked', signInId: 'd' },
      { kind: 'chat.changed', roomId: 'b' },
      { kind: 'room.reacted', roomId: 'b', counts: { '👏': 3 } },
      { kind: 'presence.seen', from: 'x', roomId: 'b', people },
      { kind: 'presence.gone', from: 'x', roomId: 'b', participationId: 'p' },
      { kind: 'presence.wanted', from: 'x' },
    ];
    for (const publication of said) here.publish(publication);
    await expect.poll(() => heard).toEqual(said);
    expect(overheard).toEqual([]);
  });

  test('without Redis its own process goes on, and it is well again by itself', async () => {
    const lines: string[] = [];
    const [here, there] = [await open({ lines }), await open()];
    const heard: Publication[] = [];
    here.subscribe((publication) => heard.push(publication));
    await Promise.all([here, there].map(isOk));
    const firstSince = here.health().since;
    await redis?.kill();
    await expect.poll(() => here.health().status).toBe('degraded');
    const startedAt = performance.now();
    for (let n = 0; n < 5_000; n += 1) here.publish(changed(`local ${n}`));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(heard).toHaveLength(5_000);
    await redis?.start();
    await Promise.all([here, there].map(isOk));
    expect(here.health().since).toBeGreaterThan(firstSince);
    there.publish(changed('after'));
    await expect.poll(() => heard.at(-1)).toEqual(changed('after'));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('redis is away');
  });

  test('a Redis that only stops answering is noticed too', async () => {
    const here = await open();
    await isOk(here);
    redis?.freeze();
    try {
      await expect.poll(() => here.health().status, { timeout: 15_000 }).toBe('degraded');
    } finally {
      redis?.thaw();
    }
    await isOk(here);
  });
});
