import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createFakePlane } from '../media/fake.ts';
import { createLivekitPlane } from '../media/livekit.ts';
import type { MediaPlane } from '../media/media-plane.ts';
import { startTestLivekit, type TestLivekit } from '../testing/livekit.ts';
import { type Admission, createRtcGate, type RtcGate, type RtcGateOptions } from './rtc-gate.ts';

const PATIENCE = { timeout: 10_000, interval: 10 };
const AS_CLIENT = 'auto_subscribe=1&sdk=js&version=2.23.0&protocol=16';

let livekit: TestLivekit;
let plane: MediaPlane;
let server: Server;
let origin: string;
let gate: RtcGate;
let admit: RtcGateOptions['admit'];
let now: number;
let changes: [string, string | undefined][];
let roomId: string;
const clients: WebSocket[] = [];

beforeAll(async () => {
  livekit = await startTestLivekit();
  plane = createLivekitPlane(livekit);
  server = createServer((req, res) => void gate.handleRequest(req, res));
  server.on('upgrade', (req, socket, head) => void gate.handleUpgrade(req, socket, head));
  origin = await listening(server);
});
beforeEach(() => {
  roomId = randomUUID();
  now = 0;
  changes = [];
  admit = async () => admission({});
  gate = made();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await gate.close();
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await livekit?.stop();
});

function made(changed: Partial<RtcGateOptions> = {}): RtcGate {
  return createRtcGate({
    plane,
    livekitUrl: livekit.url,
    admit: (who) => admit(who),
    isAllowedOrigin: (from) => from === origin,
    onChange: (room, joined) => changes.push([room, joined]),
    logger: pino({ level: 'silent' }),
    clock: () => now,
    sweepMs: 10,
    ...changed,
  });
}

const admission = (who: { accountId?: string; signInId?: string }): Admission => ({
  ...{ ok: true, accountId: 'account', signInId: 'sign-in', hidden: true },
  ...who,
});
const REFUSED: Admission = { ok: false, reason: 'removed' };

async function listening(started: Server): Promise<string> {
  started.listen(0, '127.0.0.1');
  await once(started, 'listening');
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const tokenFor = (identity: string, room = roomId) => plane.mintToken({ roomId: room, identity, hidden: true });

/** The open socket, or the status it was refused with. */
async function connect(token: string, { path = '/rtc', headers = {}, more = '' } = {}): Promise<WebSocket | number> {
  const client = new WebSocket(`${origin}${path}?access_token=${token}&${AS_CLIENT}${more}`, { headers });
  clients.push(client);
  client.on('error', () => {});
  return new Promise((resolve, reject) => {
    client.on('open', () => resolve(client));
    client.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    client.on('close', () => reject(new Error('closed without an answer')));
  });
}

async function connected(identity: string): Promise<WebSocket> {
  const client = await connect(await tokenFor(identity));
  if (typeof client === 'number') throw new Error(`refused with ${client}`);
  return client;
}

const identities = async () => (await plane.listParticipants(roomId)).map((person) => person.identity);
const ended = (client: WebSocket) => expect.poll(() => client.readyState, PATIENCE).toBe(WebSocket.CLOSED);
const validate = async (token: string, path = '/rtc/validate') =>
  (await fetch(`${origin}${path}?access_token=${token}&${AS_CLIENT}`)).status;

test('lets in, makes the room, and says who came and that it went', async () => {
  const client = await connected('ann');
  await expect.poll(identities, PATIENCE).toEqual(['ann']);
  await expect.poll(() => changes, PATIENCE).toContainEqual([roomId, 'ann']);
  expect(gate.openSockets()).toBe(1);
  client.close();
  await expect.poll(() => changes, PATIENCE).toContainEqual([roomId, undefined]);
  expect(gate.openSockets()).toBe(0);
});

test('is asked with what the token says', async () => {
  const asked: unknown[] = [];
  admit = async (who) => {
    asked.push(who);
    return REFUSED;
  };
  const before = Math.floor(Date.now() / 1000);
  expect(await connect(await tokenFor('ann'))).toBe(403);
  expect(asked).toEqual([{ roomId, participationId: 'ann', issuedAtSeconds: expect.any(Number) }]);
  expect((asked[0] as { issuedAtSeconds: number }).issuedAtSeconds).toBeGreaterThanOrEqual(before);
  expect(await plane.listRooms()).not.toContain(roomId);
});

test('refuses what is not ours before LiveKit sees it', async () => {
  const token = await tokenFor('ann');
  const stranger = createLivekitPlane({ ...livekit, apiSecret: 'x'.repeat(40) });
  expect(await connect(await stranger.mintToken({ roomId, identity: 'ann', hidden: true }))).toBe(403);
  expect(await connect('nonsense')).toBe(403);
  expect(await connect(token, { path: '/rtc/v2' })).toBe(404);
  expect(await connect(token, { more: `&access_token=${token}` })).toBe(404);
  expect(await connect(token, { headers: { origin: 'http://elsewhere.example' } })).toBe(403);
  expect(await plane.listRooms()).not.toContain(roomId);
  expect(await connect(token, { headers: { origin } })).toBeInstanceOf(WebSocket);
});

test('answers why a socket was refused', async () => {
  const token = await tokenFor('ann');
  expect(await validate(token)).toBe(200);
  expect(await validate(token, '/rtc')).toBe(404);
  admit = async () => REFUSED;
  expect(await validate(token)).toBe(403);
});

test.each([
  ['participation', { participationId: 'ann' }],
  ['account', { accountId: 'of-ann' }],
  ['device', { signInId: 'device-of-ann' }],
])('ends the open sockets of one %s within a second', async (name, owner) => {
  const left: string[] = [];
  await gate.close();
  gate = made({
    plane: {
      ...plane,
      disconnect: async (who) => {
        left.push(who.identity);
        await plane.disconnect(who);
      },
    },
  });
  admit = async ({ participationId }) =>
    admission({ accountId: `of-${participationId}`, signInId: `device-of-${participationId}` });
  const [ann, ben] = [await connected('ann'), await connected('ben')];
  await expect.poll(identities, PATIENCE).toHaveLength(2);
  const from = performance.now();
  expect(gate.closeFor(owner)).toBe(1);
  await ended(ann);
  const tookMs = performance.now() - from;
  expect(tookMs).toBeLessThan(1000);
  process.stdout.write(`  revocation by ${name} to socket ended ${tookMs.toFixed(1)} ms\n`);
  await expect.poll(identities, PATIENCE).toEqual(['ben']);
  // LiveKit by itself forgets only somebody without sound.
  expect(left).toEqual(['ann']);
  expect(ben.readyState).toBe(WebSocket.OPEN);
  expect(gate.closeFor({})).toBe(0);
});

test('a revocation while somebody is being admitted is not missed', async () => {
  let decide = (_verdict: Admission) => {};
  let asked = 0;
  admit = () => {
    asked += 1;
    return asked > 1 ? Promise.resolve(REFUSED) : new Promise((resolve) => (decide = resolve));
  };
  const trying = connect(await tokenFor('ann'));
  await expect.poll(() => asked, PATIENCE).toBe(1);
  gate.closeFor({ participationId: 'ann' });
  decide(admission({}));
  expect(await trying).toBe(403);
  expect(await identities()).toEqual([]);
});

test('asks again about open sockets, without the age of their token', async () => {
  const client = await connected('ann');
  const asked: (number | null)[] = [];
  admit = async ({ issuedAtSeconds }) => {
    asked.push(issuedAtSeconds);
    if (asked.length === 1) throw new Error('no database');
    return asked.length === 2 ? admission({}) : REFUSED;
  };
  now = 49_000;
  expect(asked).toEqual([]);
  now = 50_000;
  await expect.poll(() => asked, PATIENCE).toEqual([null, null]);
  expect(client.readyState).toBe(WebSocket.OPEN);
  now = 100_000;
  await ended(client);
  await expect.poll(identities, PATIENCE).toEqual([]);
});

test('one participation can’t knock without end', async () => {
  let asked = 0;
  admit = async () => {
    asked += 1;
    return REFUSED;
  };
  const token = await tokenFor('ann');
  for (let tries = 0; tries < 60; tries += 1) expect(await validate(token)).toBe(403);
  expect(await validate(token)).toBe(429);
  expect(await connect(token)).toBe(429);
  expect(await validate(await tokenFor('ben'))).toBe(403);
  expect(asked).toBe(61);
  now = 10_000;
  expect(await validate(token)).toBe(403);
});

test('takes no more than it can', async () => {
  await gate.close();
  gate = made({ maxSockets: 1 });
  await connected('ann');
  expect(await connect(await tokenFor('ben'))).toBe(503);
});

test('asks to try again while LiveKit or the database is away', async () => {
  await gate.close();
  const away = { url: 'http://127.0.0.1:9', apiKey: livekit.apiKey, apiSecret: livekit.apiSecret };
  gate = made({ plane: createLivekitPlane(away), livekitUrl: away.url });
  expect(await connect(await tokenFor('ann'))).toBe(503);
  expect(await validate(await tokenFor('ann'))).toBe(503);
  admit = () => Promise.reject(new Error('no database'));
  expect(await connect(await tokenFor('ann'))).toBe(503);
});

/** A stage plane's signalling that does with its sockets whatever the test says. */
async function upstreamOf(serve: (socket: Duplex) => void) {
  const upstream = createServer().on('upgrade', (_req, socket: Duplex) => {
    socket.on('error', () => {});
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    serve(socket);
  });
  const fake = createFakePlane();
  await gate.close();
  gate = made({ plane: fake, livekitUrl: await listening(upstream) });
  const raw = async (): Promise<Socket> => {
    const token = await fake.mintToken({ roomId, identity: 'ann', hidden: true });
    const socket = connectTo(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `GET /rtc?access_token=${token} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1.1 101/);
    return socket;
  };
  const stop = () => {
    upstream.closeAllConnections();
    upstream.close();
  };
  return { raw, stop };
}

test('a third socket of one participation ends the first', async () => {
  const { raw, stop } = await upstreamOf(() => {});
  const [first, second] = [await raw(), await raw()];
  expect(gate.openSockets()).toBe(2);
  const gone = once(first, 'close');
  first.resume();
  const third = await raw();
  await gone;
  expect(gate.openSockets()).toBe(2);
  expect([second.destroyed, third.destroyed]).toEqual([false, false]);
  for (const socket of [second, third]) socket.destroy();
  stop();
});

test('reads no faster than a slow listener', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  const most = 256 * 1024 * 1024;
  let written = 0;
  let waits = 0;
  const { raw, stop } = await upstreamOf((socket) => {
    const pour = () => {
      while (written < most) {
        written += chunk.length;
        if (socket.write(chunk)) continue;
        waits += 1;
        return socket.once('drain', pour);
      }
    };
    pour();
  });
  const client = await raw();
  client.pause();
  // It stands still: nothing more is taken from upstream while nobody reads.
  let before = -1;
  const grewBy = () => {
    const grown = written - before;
    before = written;
    return grown;
  };
  await expect.poll(grewBy, { timeout: 10_000, interval: 200 }).toBe(0);
  expect(waits).toBeGreaterThan(0);
  expect(written).toBeLessThan(most / 8);
  client.destroy();
  stop();
});
