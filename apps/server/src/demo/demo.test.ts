import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { type RoomId, RoomTitle, type RoomView } from '@salotto/contract';
import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { toConfig } from '../config.ts';
import { createServer, type RunningServer } from '../server.ts';
import { type Client, createTestDb, startTestLivekit, type TestDb, type TestLivekit } from '../testing/index.ts';

const soon = { timeout: 60_000, interval: 150 };
let livekit: TestLivekit;
let database: TestDb;
let server: RunningServer;
let dataDir: string;
let rpc: Client;
let roomId: RoomId;

/** A visitor who looks by asking: each answer is also a sign of being here. */
const look = () => rpc.room.join({ roomId });
const speaking = (room: RoomView) => room.stage.filter((seat) => !seat.muted).map((seat) => seat.person.handle);

beforeAll(async () => {
  livekit = await startTestLivekit();
  database = await createTestDb();
  dataDir = await mkdtemp(join(tmpdir(), 'salotto-demo-'));
  server = await createServer({
    config: { ...toConfig({ demo: true }), dataDir, port: 0, privatePort: 0, publicUrls: [] },
    logger: pino({ level: process.env.SALOTTO_TEST_LOG ?? 'silent' }),
    connectionString: database.connectionString,
    livekit,
  });
  const origin = `http://127.0.0.1:${server.port}`;
  let cookie = '';
  rpc = createORPCClient(
    new RPCLink({
      url: `${origin}/api/rpc`,
      headers: () => ({ origin, cookie }),
      async fetch(request, init) {
        const response = await fetch(request, init);
        for (const header of response.headers.getSetCookie()) cookie = header.split(';')[0] ?? '';
        return response;
      },
    }),
  );
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
  await livekit?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

it('lives: six rooms, each with people on stage and somebody in the audience', { timeout: 90_000 }, async () => {
  const [first] = await rpc.account.demoPeople();
  if (!first) throw new Error('nobody to look around as');
  await rpc.account.lookAround({ accountId: first.id });
  const rooms = await vi.waitFor(async () => {
    const { rooms } = await rpc.hallway.get();
    expect(rooms).toHaveLength(6);
    for (const room of rooms) {
      expect(RoomTitle.parse(room.title)).toBe(room.title);
      expect(room.topics.length).toBeGreaterThan(0);
      expect(room.speakers).toHaveLength(3);
      expect(room.speakers.every((person) => person.demo && person.picture !== null)).toBe(true);
      expect(room.listening).toBeGreaterThan(0);
    }
    return rooms;
  }, soon);
  roomId = rooms[0]?.id as RoomId;
  expect(await publishedTracks()).toBe(0);
});

it('speaks to a visitor by real WebRTC, and offers the stage to a raised hand', { timeout: 120_000 }, async () => {
  const one = await vi.waitFor(async () => {
    const { room } = await look();
    expect(speaking(room)).toHaveLength(1);
    return speaking(room)[0];
  }, soon);
  // The open microphone is told before its track has arrived.
  await vi.waitFor(async () => expect(await publishedTracks()).toBeGreaterThan(0), soon);
  await vi.waitFor(async () => {
    const { room } = await look();
    expect(speaking(room)).toHaveLength(1);
    expect(speaking(room)).not.toEqual([one]);
  }, soon);

  await rpc.room.raiseHand({ roomId });
  await vi.waitFor(async () => expect((await look()).own.hand).toBe('offered'), soon);
  await rpc.room.acceptOffer({ roomId });
  const { own, room } = await look();
  expect(own.role).toBe('speaker');
  expect(room.stage).toHaveLength(4);
});

it('rests when the visitor has left', { timeout: 90_000 }, async () => {
  await rpc.room.leave({ roomId });
  await vi.waitFor(async () => expect(await publishedTracks()).toBe(0), soon);
});

/** Sound tracks that anybody publishes in the visitor's room, as LiveKit itself counts them. */
async function publishedTracks(): Promise<number> {
  const people = await server.ctx.plane.listParticipants(roomId);
  return people.flatMap((person) => person.tracks).length;
}
