import { randomUUID } from 'node:crypto';
import { CLOSE_RESTARTING, UPDATES_PATH } from '@salotto/contract';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createTestServer, type SignedIn, type TestServer } from '../testing/server.ts';
import { spreadMs } from './drain.ts';

/** What an administrator who stops a server waits for at most. */
const BOUND_MS = 5_000;
let house: TestServer;
let anna: SignedIn;
let roomId = '';
const open: { end(): unknown }[] = [];

beforeEach(async () => {
  house = await createTestServer();
  anna = await house.person();
  ({ roomId } = await anna.rpc.room.start({ title: 'Before the stop', topics: [], locale: 'en', key: randomUUID() }));
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
  await house.close();
});

async function openSocket(): Promise<{ ws: WebSocket; closed: Promise<unknown[]> }> {
  const { origin } = house;
  const ws = new WebSocket(`${origin.replace('http', 'ws')}${UPDATES_PATH}`, {
    headers: { cookie: anna.cookie, origin },
  });
  ws.on('error', () => undefined);
  const closed = new Promise<unknown[]>((resolve) => ws.once('close', (...told) => resolve(told)));
  await Promise.race([new Promise((resolve) => ws.once('open', resolve)), closed]);
  return { ws, closed };
}

/** Holds whatever matches, so that commands on it wait. */
async function hold(statement: string): Promise<{ release(): Promise<unknown> }> {
  const client = new pg.Client({ connectionString: house.connectionString });
  await client.connect();
  open.push(client);
  await client.query('begin');
  await client.query(statement);
  return { release: () => client.query('commit') };
}

async function underWay(count: number): Promise<void> {
  const text =
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await vi.waitFor(async () => {
    const { rows } = await house.db.execute<{ n: number }>(text);
    expect(rows[0]?.n).toBe(count);
  }, 5_000);
}

describe('a server that is told to stop', () => {
  test('tells tabs when to come back, finishes what is under way, and takes nothing new', async () => {
    const { closed } = await openSocket();
    const held = await hold(`select from room where id = '${roomId}' for update`);
    const command = anna.rpc.room.setHandPolicy({ roomId, policy: 'off' } as never);
    await underWay(1);

    const began = performance.now();
    const stopped = house.server.stop();
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([CLOSE_RESTARTING, '500']);
    await expect(anna.rpc.room.setHandPolicy({ roomId, policy: 'everyone' } as never)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      data: { retryAfterSeconds: 2 },
    });
    expect((await fetch(`${house.origin}/health`)).status).toBe(503);
    const [refused] = await (await openSocket()).closed;
    expect(refused).toBe(1006);

    await held.release();
    await command;
    await stopped;
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
    const { rows } = await house.db.execute(`select hand_policy from room where id = '${roomId}'`);
    expect(rows).toEqual([{ hand_policy: 'off' }]);
  });

  test('does not wait for ever for what hangs, nor for a tab that says nothing', async () => {
    const { ws } = await openSocket();
    // As a network that is gone: no answer to the goodbye.
    (ws as unknown as { _socket: { pause(): void } })._socket.pause();
    await hold('lock table profile in access exclusive mode');
    const hanging = anna.rpc.account.me().catch((error: unknown) => error);
    await underWay(1);
    const began = performance.now();
    await house.server.stop();
    expect(performance.now() - began).toBeLessThan(BOUND_MS + 500);
    expect(await hanging).toBeInstanceOf(Error);
    ws.terminate();
  });
});

test('many tabs come back over a longer time', () => {
  expect([0, 100, 1_000, 100_000].map(spreadMs)).toEqual([500, 500, 2_000, 10_000]);
});
