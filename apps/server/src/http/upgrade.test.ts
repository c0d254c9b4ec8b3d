import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../testing/index.ts';

let house: TestServer;
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  house = await createTestServer();
  process.on('uncaughtException', note);
});
afterAll(async () => {
  process.off('uncaughtException', note);
  await house.close();
});

const request = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16, 7).toString('base64')}\r\n\r\n`;

/** Asks for a socket, then breaks the connection or sends what is no WebSocket frame. */
function knock(path: string, then: 'reset' | 'garbage'): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(house.server.port, '127.0.0.1', () => {
      socket.write(request(path), () => {
        if (then === 'reset') setImmediate(() => socket.resetAndDestroy());
        else socket.end(Buffer.alloc(64, 0xff));
      });
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.resume();
  });
}

it.each([
  ['/updates', 'reset'],
  ['/updates', 'garbage'],
  ['/nowhere', 'reset'],
  ['/nowhere', 'garbage'],
  ['/rtc/v1', 'reset'],
  ['/rtc/v1', 'garbage'],
] as const)('a broken upgrade ends nothing but itself: %s, %s', async (path, then) => {
  await Promise.all(Array.from({ length: 40 }, () => knock(path, then)));
  expect((await fetch(`${house.origin}/health`)).status).toBeLessThan(600);
  expect(uncaught).toEqual([]);
});

it('another site gets no updates', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(house.server.port, '127.0.0.1', () => {
      socket.write(request('/updates').replace('\r\n\r\n', '\r\nOrigin: https://elsewhere.example\r\n\r\n'));
    });
    socket.once('data', (bytes) => {
      resolve(bytes.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
  });
  expect(answer).toContain('403');
});
