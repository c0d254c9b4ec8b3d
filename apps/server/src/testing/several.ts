import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createTestDb } from './db.ts';
import { findNginx, startNginx } from './nginx.ts';
import { buildPerson, signInAs, type TestPerson, type TestSignIn } from './people.ts';
import { sparePort } from './ports.ts';
import { startTestRedis } from './redis.ts';
import type { Client } from './server.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { openTab, type TestTab } from './tab.ts';

/** Which process is spoken to; `proxy` leaves it to nginx. */
export type Way = 'first' | 'second' | 'proxy';
export type Somebody = TestPerson & TestSignIn & { by(way: Way): Client };
export type Several = NonNullable<Awaited<ReturnType<typeof startSeveral>>>;

/**
 * One server made of two processes: each its own data folder, PostgreSQL, Redis and a folder of pictures between them,
 * nginx before them. Null where Redis or nginx can't be had. The stage plane is away: nothing here needs sound.
 */
export async function startSeveral() {
  const [command, redis] = await Promise.all([findNginx(), startTestRedis()]);
  if (!command || !redis) {
    await redis?.stop();
    return null;
  }
  const database = await createTestDb();
  const pictures = await mkdtemp(join(tmpdir(), 'salotto-pictures-'));
  const port = await sparePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    SALOTTO_ENV: 'development',
    SALOTTO_SECRET: 'of all processes, random enough for a test',
    BLOB_DIR: pictures,
    PUBLIC_URL: origin,
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: withHost(database.connectionString),
    REDIS_URL: redis.url,
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'test',
    LIVEKIT_API_SECRET: 'test-secret-test-secret-test-secret',
  };
  const [first, second] = await Promise.all([startServerProcess(env), startServerProcess(env)]);
  const nginx = await startNginx({ command, port, backends: [first.port, second.port] });
  const tabs: TestTab[] = [];

  const addressOf = (way: Way): string =>
    way === 'proxy' ? origin : `http://127.0.0.1:${(way === 'first' ? first : second).port}`;
  const client = (way: Way, cookie?: string): Client =>
    createORPCClient(
      new RPCLink({ url: `${addressOf(way)}/api/rpc`, headers: cookie ? { cookie, origin } : { origin } }),
    );

  return {
    ...{ origin, first, second, redis, addressOf, client },
    async person(name: string): Promise<Somebody> {
      const person = await buildPerson(database.db, { name });
      const device = await signInAs(database.db, person);
      return { ...person, ...device, by: (way) => client(way, device.cookie) };
    },
    async tab(way: Way, person: { cookie: string }): Promise<TestTab> {
      const tab = await openTab({ address: addressOf(way), origin, cookie: person.cookie });
      tabs.push(tab);
      return tab;
    },
    /** What the private page of a process says of one part. */
    async part(process: ServerProcess, name: string): Promise<string | undefined> {
      const answer = await fetch(`http://127.0.0.1:${process.privatePort}/health`);
      const { parts } = (await answer.json()) as { parts: Record<string, { status: string }> };
      return parts[name]?.status;
    },
    async stop() {
      for (const tab of tabs) tab.cut();
      await nginx.stop();
      await Promise.all([first.stop(), second.stop()]);
      await redis.stop();
      await database.close();
      await rm(pictures, { recursive: true, force: true });
    },
  };
}

/** The address of a socket folder has no host, which a setting must have; the folder still counts. */
const withHost = (address: string): string => address.replace(/^([a-z]+:\/\/[^/@]*@)\//, '$1localhost/');
