import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import Fastify from 'fastify';
import pino from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { systemClock } from '../clock.ts';
import { livekitWebhook } from '../http/livekit-webhook.ts';
import { createRtcGate } from '../http/rtc-gate.ts';
import { createGrantReconciler } from '../jobs/grant-reconciler.ts';
import { createLivekitPlane, createWebhookReader } from '../media/livekit.ts';
import { startTestLivekit } from './livekit.ts';

const require = createRequire(import.meta.url);

const FLAGS = [
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
];

type Person = {
  accountId: string;
  signInId: string;
  speaks: boolean;
  silenced: boolean;
  removed: boolean;
  changedAtSeconds: number;
};
export type HostileStage = Awaited<ReturnType<typeof startHostileStage>>;

/**
 * The media part of the server as it really is (LiveKit, gate, reconciler, webhook) around one room whose rules are a
 * map in memory, and a browser full of clients that keep to none of them.
 */
export async function startHostileStage({ anyCodec = false }: { anyCodec?: boolean } = {}) {
  const hooks = Fastify();
  const livekitKeys = { apiKey: '', apiSecret: '' };
  await hooks.register(livekitWebhook, {
    read: (body, authorization) => createWebhookReader(livekitKeys)(body, authorization),
    onHint: ({ roomId: hinted, identity }) => reconciler.hint(hinted, identity ?? undefined),
  });
  const webhookUrl = `${await hooks.listen({ port: 0, host: '127.0.0.1' })}/livekit/webhook`;
  const livekit = await startTestLivekit({ webhookUrl, anyCodec });
  Object.assign(livekitKeys, { apiKey: livekit.apiKey, apiSecret: livekit.apiSecret });

  const roomId = randomUUID();
  const people = new Map<string, Person>();
  const logged: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const plane = createLivekitPlane(livekit);
  const reconciler = createGrantReconciler({
    plane,
    liveRooms: async () => [roomId],
    wantedGrants: async () =>
      new Map(
        [...people]
          .filter(([, person]) => !person.removed)
          .map(([id, { speaks, silenced }]) => [id, { publish: speaks && !silenced, hidden: !speaks }]),
      ),
    logger,
    clock: systemClock,
  });
  const gate = createRtcGate({
    plane,
    livekitUrl: livekit.url,
    admit: async ({ participationId, issuedAtSeconds }) => {
      const person = people.get(participationId);
      if (!person || person.removed) return { ok: false, reason: 'removed' };
      if (issuedAtSeconds !== null && issuedAtSeconds < person.changedAtSeconds) return { ok: false, reason: 'stale' };
      return { ok: true, accountId: person.accountId, signInId: person.signInId, hidden: !person.speaks };
    },
    isAllowedOrigin: (origin) => origin === page.origin,
    onChange: reconciler.hint,
    logger,
    clock: systemClock,
  });
  reconciler.start();
  const page = await servePage(gate);
  const browser = await startBrowser();
  const tab = await browser.newPage();
  await tab.goto(page.origin);

  const idOf = new Map<string, string>();
  const participationOf = (name: string) => {
    const id = idOf.get(name) ?? randomUUID();
    idOf.set(name, id);
    return id;
  };
  const personOf = (name: string) => {
    const person = people.get(participationOf(name));
    if (!person) throw new Error('a stranger');
    return person;
  };

  return {
    livekit,
    plane,
    gate,
    roomId,
    logged,
    participationOf,
    origin: page.origin,
    /** Cuts every signalling socket, as a lost network does. */
    cutSockets: () => page.cut(),
    /** Lets somebody in and returns its token. */
    async admit(name: string): Promise<string> {
      const identity = participationOf(name);
      const [accountId, signInId] = [randomUUID(), randomUUID()];
      people.set(identity, {
        accountId,
        signInId,
        speaks: false,
        silenced: false,
        removed: false,
        changedAtSeconds: 0,
      });
      return plane.mintToken({ roomId, identity, hidden: true });
    },
    /** As the room service does: the truth first, then a hint. */
    async setRole(name: string, speaks: boolean): Promise<void> {
      Object.assign(personOf(name), { speaks, changedAtSeconds: Math.floor(Date.now() / 1000) });
      await reconciler.reconcileRoom(roomId);
    },
    /** A moderator mutes somebody, or lets them unmute: as the room service and its effects do it. */
    async silence(name: string, silenced: boolean): Promise<void> {
      personOf(name).silenced = silenced;
      if (silenced) await plane.mute({ roomId, identity: participationOf(name) });
      await reconciler.reconcileRoom(roomId);
    },
    /** As if the role had changed before its tokens were made. */
    forgetRoleChange: (name: string) => void Object.assign(personOf(name), { changedAtSeconds: 0 }),
    /** A fresh token of the room service, as a client asks for before it connects again. */
    token: (name: string) =>
      plane.mintToken({ roomId, identity: participationOf(name), hidden: !personOf(name).speaks }),
    remove(name: string): void {
      personOf(name).removed = true;
      gate.closeFor({ participationId: participationOf(name) });
    },
    async onPlane(name: string) {
      const there = await plane.listParticipants(roomId);
      return there.find(({ identity }) => identity === participationOf(name)) ?? null;
    },
    /** Calls a function of `hostile-page.js`. */
    ask: (what: string, ...rest: string[]): Promise<unknown> => call(tab, what, rest),
    async stop(): Promise<void> {
      await browser.close();
      await reconciler.stop();
      await gate.close();
      await page.close();
      await hooks.close();
      await livekit.stop();
    },
  };
}

function call(tab: Page, what: string, rest: string[]): Promise<unknown> {
  return tab.evaluate(
    ([name, ...given]) => {
      const page: Record<string, (...rest: string[]) => unknown> = Reflect.get(globalThis, 'hostile');
      return page[name ?? '']?.(...given);
    },
    [what, ...rest],
  );
}

/** The test runner names the machine's Chromium. */
function startBrowser(): Promise<Browser> {
  const executablePath = process.env.SALOTTO_CHROMIUM ?? '/usr/bin/chromium';
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...FLAGS, ...(asRoot ? ['--no-sandbox'] : [])] });
}

async function servePage(gate: ReturnType<typeof createRtcGate>) {
  const library = join(dirname(require.resolve('livekit-client')), 'livekit-client.umd.js');
  const files: Record<string, string> = {
    '/': '<!doctype html><script src="/livekit.js"></script><script src="/hostile.js"></script>',
    '/livekit.js': await readFile(library, 'utf8'),
    '/hostile.js': await readFile(new URL('./hostile-page.js', import.meta.url), 'utf8'),
  };
  const sockets = new Set<Duplex>();
  const server: Server = createServer((req, res) => {
    if (gate.owns(req.url)) return void gate.handleRequest(req, res);
    const file = files[req.url ?? ''];
    res.writeHead(file ? 200 : 404, { 'content-type': req.url?.endsWith('.js') ? 'text/javascript' : 'text/html' });
    res.end(file);
  });
  server.on('upgrade', (req, socket, head) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    void gate.handleUpgrade(req, socket, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
