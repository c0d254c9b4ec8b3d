import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TestLivekit } from '@salotto/server/testing';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { Browser, Page } from 'playwright-core';
import { openContext, type Pair } from './pages.ts';

const VOICE = 'audio[data-voice]';
/** In the page: joins, and speaks or plays whom it hears. With one connection for both ways joining fails now and then. */
const CLIENT = `globalThis.bare = async ({ url, token, speaks }) => {
  const room = new LivekitClient.Room({ singlePeerConnection: false });
  room.on('trackSubscribed', (track) => {
    const element = track.attach();
    element.dataset.voice = '';
    document.body.append(element);
  });
  room.on('activeSpeakersChanged', (speakers) => benchKit.ringed(speakers.length > 0));
  await room.connect(url, token, { peerConnectionTimeout: 60_000, websocketTimeout: 60_000 });
  if (!speaks) return;
  const stream = await benchKit.microphone();
  await room.localParticipant.publishTrack(stream.getAudioTracks()[0], { source: 'microphone' });
};`;

/** The peer: two pages with LiveKit's own client as it comes, straight to a LiveKit. */
export async function openBarePair(options: { livekit: TestLivekit; browser: Browser }): Promise<Pair> {
  const { livekit, browser } = options;
  const roomName = randomUUID();
  await new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret).createRoom({ name: roomName });
  const site = await serve();
  const enter = async (identity: string, speaks: boolean) => {
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity, ttl: '10m' });
    token.addGrant({ roomJoin: true, room: roomName, canPublish: speaks, canSubscribe: true });
    const context = await openContext(browser, site.origin);
    const page = await context.newPage();
    await page.goto(site.origin);
    const asked = { url: livekit.url.replace(/^http/, 'ws'), token: await token.toJwt(), speaks };
    await page.evaluate(
      (given) => (Reflect.get(globalThis, 'bare') as (of: typeof given) => Promise<void>)(given),
      asked,
    );
    return page;
  };
  const [mouth, ear] = await open().catch((error) => {
    site.close();
    throw error;
  });
  return {
    ...{ mouth, ear, voice: VOICE },
    async close() {
      await mouth.context().close();
      await ear.context().close();
      site.close();
    },
  };

  async function open(): Promise<[Page, Page]> {
    const mouth = await enter('mouth', true);
    const ear = await enter('ear', false);
    await ear.locator(VOICE).waitFor({ state: 'attached' });
    return [mouth, ear];
  }
}

async function serve() {
  const library = join(dirname(createRequire(import.meta.url).resolve('livekit-client')), 'livekit-client.umd.js');
  const files: Record<string, string> = {
    '/': '<!doctype html><body><script src="/livekit.js"></script><script src="/client.js"></script></body>',
    '/livekit.js': await readFile(library, 'utf8'),
    '/client.js': CLIENT,
  };
  const server = createServer((req, res) => {
    const file = files[req.url ?? ''];
    res.writeHead(file ? 200 : 404, { 'content-type': req.url?.endsWith('.js') ? 'text/javascript' : 'text/html' });
    res.end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
