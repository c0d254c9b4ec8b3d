import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '@salotto/contract';
import pino from 'pino';
import { type Config, toConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import { createFakePlane } from '../media/fake.ts';
import { createServer, type RunningServer, type ServerOptions } from '../server.ts';
import { createTestClock } from './clock.ts';
import { createTestDb } from './db.ts';
import { buildPerson, type PersonOverrides, signInAs, type TestPerson, type TestSignIn } from './people.ts';

export type Client = ContractRouterClient<typeof contract>;
export type SignedIn = TestPerson & TestSignIn & { rpc: Client };

export type TestServer = {
  origin: string;
  server: RunningServer;
  connectionString: string;
  db: Db;
  clock: ReturnType<typeof createTestClock>;
  plane: ReturnType<typeof createFakePlane>;
  /** Somebody with a profile, signed in on a device of their own. */
  person(overrides?: PersonOverrides): Promise<SignedIn>;
  /** A typed client with this cookie, or without any. */
  client(cookie?: string): Client;
  close(): Promise<void>;
};

/** The whole server on free ports: a real PostgreSQL, a fake stage plane and a clock that stands still until moved. */
export async function createTestServer(
  overrides: ServerOptions['overrides'] = {},
  options: { claimed?: boolean; config?: Partial<Config> } = {},
): Promise<TestServer> {
  const database = await createTestDb(options);
  const dataDir = await mkdtemp(join(tmpdir(), 'salotto-test-'));
  const clock = createTestClock();
  const plane = createFakePlane();
  const config = { ...toConfig({ demo: false }), dataDir, port: 0, privatePort: 0, publicUrls: [], ...options.config };
  const server = await createServer({
    config,
    logger: pino({ level: process.env.SALOTTO_TEST_LOG ?? 'silent' }),
    connectionString: database.connectionString,
    livekit: { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: 'test-secret-test-secret-test-secret' },
    overrides: { clock: clock.now, plane, ...overrides },
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const client = (cookie?: string): Client =>
    createORPCClient(new RPCLink({ url: `${origin}/api/rpc`, headers: cookie ? { cookie, origin } : { origin } }));

  return {
    ...{ origin, server, clock, plane, client },
    db: database.db,
    connectionString: database.connectionString,
    async person(about = {}) {
      const person = await buildPerson(database.db, about);
      const device = await signInAs(database.db, person, { role: about.role });
      return { ...person, ...device, rpc: client(device.cookie) };
    },
    async close() {
      await server.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
