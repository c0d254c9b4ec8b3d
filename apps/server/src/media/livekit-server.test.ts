import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEnv, readMachine, toConfig } from '../config.ts';
import { FolderInUse } from '../folder-lock.ts';
import { isAlive } from '../processes.ts';
import { findLivekitServer, type Livekit, startLivekit } from './livekit-server.ts';

const logger = pino({ level: 'silent' });
const config = toConfig(readEnv({ LIVEKIT_UDP_PORT: '0', LIVEKIT_TCP_PORT: '0' }, []));
const started: Livekit[] = [];
let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'salotto-livekit-'));
});
afterEach(async () => {
  for (const livekit of started.splice(0)) await livekit.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(binary: string, webhookUrl = 'http://127.0.0.1:1/livekit/webhook'): Promise<Livekit> {
  const livekit = await startLivekit({ binary, dataDir, webhookUrl, config, logger });
  started.push(livekit);
  return livekit;
}

/** A program that answers where its configuration says, and nothing more. */
function standIn(): string {
  const file = join(dataDir, 'stand-in.mjs');
  writeFileSync(
    file,
    `#!${process.execPath}
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const [, port] = /^port: (\\d+)$/m.exec(readFileSync(process.argv[3], 'utf8'));
createServer((request, response) => response.end('OK')).listen(Number(port), '127.0.0.1');
`,
  );
  chmodSync(file, 0o755);
  return file;
}

const processId = () => Number(readFileSync(join(dataDir, 'livekit', 'pid'), 'utf8').split('\n', 1)[0]);

describe('keeping LiveKit', { timeout: 30_000 }, () => {
  test('secrets are for their user alone and stay the same', async () => {
    const first = await start(standIn());
    for (const name of ['keys.json', 'livekit.yaml']) {
      expect(statSync(join(dataDir, 'livekit', name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(dataDir, 'livekit', 'livekit.yaml'), 'utf8')).toContain(first.apiSecret);
    const pid = processId();
    await first.stop();
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    const second = await start(standIn());
    expect(second).toMatchObject({ apiKey: first.apiKey, apiSecret: first.apiSecret });
  });

  test('damaged keys are named, and not made anew over what is there', async () => {
    await (await start(standIn())).stop();
    writeFileSync(join(dataDir, 'livekit', 'keys.json'), '{"apiKey":');
    await expect(start(standIn())).rejects.toThrow('keys.json is damaged');
    expect(readFileSync(join(dataDir, 'livekit', 'keys.json'), 'utf8')).toBe('{"apiKey":');
  });

  test('one that dies comes back at the same place', async () => {
    const livekit = await start(standIn());
    const pid = processId();
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect((await fetch(livekit.url)).ok && processId() !== pid).toBe(true), 10_000);
    const second = processId();
    await livekit.restart();
    expect(processId()).not.toBe(second);
    expect((await fetch(livekit.url)).ok).toBe(true);
    await livekit.stop();
    expect(isAlive(second)).toBe(false);
    expect(existsSync(join(dataDir, 'livekit', 'pid'))).toBe(false);
  });

  test('a second keeper of the same folder is refused', async () => {
    const binary = standIn();
    await start(binary);
    await expect(start(binary)).rejects.toThrow(FolderInUse);
  });

  test('the LiveKit of a killed keeper is ended', async () => {
    const binary = standIn();
    const livekit = await start(binary);
    const orphan = processId();
    // What a crash leaves: a running process, its note, and the lock of somebody who is gone.
    writeFileSync(join(dataDir, 'livekit', 'lock'), '999999999\n1\n');
    const next = await start(binary);
    expect(isAlive(orphan)).toBe(false);
    await livekit.stop();
    await next.stop();
  });

  test('one that can not start says its last words', async () => {
    const file = join(dataDir, 'broken');
    writeFileSync(file, '#!/bin/sh\necho out of strings\nexit 3\n');
    chmodSync(file, 0o755);
    await expect(start(file)).rejects.toThrow(/could not be started.*out of strings/s);
    await expect(start(join(dataDir, 'missing'))).rejects.toThrow('could not be started');
  });
});

/** A LiveKit token by hand: this file tests the process, not the SDK. */
function token(livekit: Livekit, video: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iss: livekit.apiKey, sub: 'someone', nbf: now - 5, exp: now + 60, video })}`;
  return `${body}.${createHmac('sha256', livekit.apiSecret).update(body).digest('base64url')}`;
}

describe('the real LiveKit', { timeout: 400_000 }, () => {
  test('names no stranger to a client, makes no rooms by itself, and tells the webhook', async () => {
    const binary = await findLivekitServer({
      config: toConfig(readEnv(process.env, [])),
      machine: readMachine(process.env),
      progress: () => undefined,
    });
    const told: string[] = [];
    const webhook = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      told.push(text);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(webhook, 'listening');
    const address = webhook.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    const livekit = await start(binary, `http://127.0.0.1:${address.port}/livekit/webhook`);
    try {
      const join = `${livekit.url.replace('http', 'ws')}/rtc?protocol=16&access_token=${token(livekit, { roomJoin: true, room: 'r1' })}`;
      const refused = new WebSocket(join);
      await once(refused, 'error');

      const made = await fetch(`${livekit.url}/twirp/livekit.RoomService/CreateRoom`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token(livekit, { roomCreate: true })}`,
        },
        body: JSON.stringify({ name: 'r1' }),
      });
      expect(made.status).toBe(200);

      const socket = new WebSocket(join);
      socket.binaryType = 'arraybuffer';
      const [message] = await once(socket, 'message');
      const hello = Buffer.from((message as MessageEvent<ArrayBuffer>).data).toString('latin1');
      socket.close();
      // In the message the next field follows the address at once.
      expect(hello.match(/(stun|turns?):/g)).toEqual(['stun:']);
      expect(hello).toContain(`stun:127.0.0.1:${livekit.udpPort}`);
      await vi.waitFor(() => expect(told.join()).toContain('room_started'), 10_000);
    } finally {
      webhook.close();
      webhook.closeAllConnections();
    }
  });
});
