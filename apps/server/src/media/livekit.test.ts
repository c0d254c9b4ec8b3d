import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLivekit, type TestLivekit } from '../testing/livekit.ts';
import { createLivekitPlane, createWebhookReader } from './livekit.ts';
import { describeMediaPlane } from './media-plane.suite.ts';
import { type MediaPlane, MediaUnavailable } from './media-plane.ts';

let livekit: TestLivekit;
let plane: MediaPlane;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  livekit = await startTestLivekit();
  plane = createLivekitPlane(livekit);
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await livekit?.stop();
});

describeMediaPlane('LiveKit', () => ({
  plane,
  join: async (token) => {
    const url = livekit.url.replace('http', 'ws');
    const socket = new WebSocket(`${url}/rtc?access_token=${token}&auto_subscribe=0&sdk=js&version=2.23.0&protocol=16`);
    sockets.push(socket);
    await once(socket, 'open');
  },
}));

test.each(['http://127.0.0.1:9', 'ws://127.0.0.1:9'])('says that it is away: %s', async (url) => {
  const away = createLivekitPlane({ ...livekit, url });
  await expect(away.listRooms()).rejects.toBeInstanceOf(MediaUnavailable);
  await expect(away.setGrant({ roomId: 'r', identity: 'i', grant: { publish: true, hidden: false } })).rejects.toThrow(
    MediaUnavailable,
  );
});

test('a refused key is an absent plane', async () => {
  const stranger = createLivekitPlane({ ...livekit, apiSecret: 'x'.repeat(40) });
  await expect(stranger.listRooms()).rejects.toBeInstanceOf(MediaUnavailable);
});

test('does not see rooms of others on the same LiveKit', async () => {
  const others = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret);
  await others.createRoom({ name: 'a meeting of somebody else' });
  await plane.ensureRoom('ours');
  expect(await plane.listRooms()).toContain('ours');
  expect(await plane.listRooms()).not.toContain('a meeting of somebody else');
});

test('reads no token of another key, without a room, or for administration', async () => {
  const made = async (secret: string, grant: Record<string, unknown>) => {
    const token = new AccessToken(livekit.apiKey, secret, { identity: 'i', ttl: 60 });
    token.addGrant(grant);
    return token.toJwt();
  };
  expect(await plane.readToken(await made('x'.repeat(40), { roomJoin: true, room: 'r' }))).toBeNull();
  expect(await plane.readToken(await made(livekit.apiSecret, { roomJoin: true }))).toBeNull();
  expect(await plane.readToken(await made(livekit.apiSecret, { roomAdmin: true, room: 'r' }))).toBeNull();
});

test('reads only webhooks that are signed', async () => {
  const read = createWebhookReader(livekit);
  const body = JSON.stringify({ event: 'participant_joined', room: { name: 'r' }, participant: { identity: 'i' } });
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { ttl: 60 });
  token.sha256 = createHash('sha256').update(body).digest('base64');
  const signature = await token.toJwt();
  expect(await read(body, signature)).toEqual({ event: 'participant_joined', roomId: 'r', identity: 'i' });
  expect(await read(body.replace('"i"', '"j"'), signature)).toBeNull();
  expect(await read(body, undefined)).toBeNull();
});
