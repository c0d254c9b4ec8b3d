import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { textFrame } from './text-frame.ts';

let server: WebSocketServer;
let client: WebSocket;
let socket: Duplex;

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [[, request]] = await Promise.all([once(server, 'connection'), once(client, 'open')]);
  socket = request.socket;
});
afterAll(() => {
  client?.terminate();
  server?.close();
});

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  '%i bytes are heard as the text that they are',
  async (length) => {
    const text = '声'.repeat(Math.floor(length / 3)) + 'x'.repeat(length % 3);
    const heard = once(client, 'message');
    socket.write(textFrame(Buffer.from(text)));
    const [data, binary] = await heard;
    expect([data.toString(), binary]).toEqual([text, false]);
  },
);

test('the same bytes are framed once', () => {
  const payload = Buffer.from('{"type":"room.head"}');
  expect(textFrame(payload)).toBe(textFrame(payload));
});
