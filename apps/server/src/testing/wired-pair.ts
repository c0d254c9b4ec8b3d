import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { SOUND_METER, type WiredServer } from './wired.ts';

type Meter = { start(): Promise<void>; heardSince(fromMs: number): number[] };
declare global {
  var soundMeter: Meter;
}

export type WiredPair = {
  speaker: Page;
  listener: Page;
  /** The speaker's seat as the listener's screen shows it. */
  seat(): Promise<string>;
  /**
   * Seconds without sound at the listener's from a moment on, until it has gone on for five seconds. Infinite where that
   * does not happen within `patienceMs`.
   */
  lostSince(fromMs: number, patienceMs?: number): Promise<number>;
  close(): Promise<void>;
};

const FLAGS = ['--autoplay-policy=no-user-gesture-required', '--disable-dev-shm-usage'];
const PATIENCE_MS = 60_000;
const STEADY_MS = 5_000;
/** A pause that is none: the meter looks every 20 ms, on a busy machine less often. */
const PAUSE_MS = 200;

/** A speaker who never pauses on the first client's machine, and a listener on the second's. */
export async function openWiredPair(options: {
  server: WiredServer;
  /** The path of Chromium. */
  chromium: string;
  launch(options: { executablePath: string; args: string[]; env?: Record<string, string> }): Promise<Browser>;
  /** Certificates have to be good. */
  strict?: boolean;
  /** Of both browsers, beside the usual ones. */
  flags?: string[];
  env?: Record<string, string>;
  /** Run in every page before its own scripts, in this order. */
  scripts?: string[];
}): Promise<WiredPair> {
  const { server, chromium, launch, scripts = [SOUND_METER] } = options;
  const browsers: Browser[] = [];
  const [near, far] = server.clients;
  if (!near || !far) throw new Error('a pair needs two clients');
  const close = async () => {
    for (const browser of browsers.splice(0)) await browser.close();
  };

  try {
    const [speaks, listens] = [await server.person('Anna Ferri'), await server.person('Tom Okafor')];
    const open = async (client: typeof near, cookie: string): Promise<Page> => {
      const browser = await launch({
        executablePath: client.wrap(chromium),
        args: [
          ...FLAGS,
          ...(options.strict ? [] : ['--ignore-certificate-errors']),
          ...(options.flags ?? []),
          '--use-fake-ui-for-media-stream',
          '--no-sandbox',
        ],
        ...(options.env ? { env: { ...process.env, ...options.env } as Record<string, string> } : {}),
      });
      browsers.push(browser);
      const context = await browser.newContext({
        ignoreHTTPSErrors: options.strict !== true,
        bypassCSP: true,
        locale: 'en-GB',
      });
      context.setDefaultTimeout(PATIENCE_MS);
      await context.grantPermissions(['microphone'], { origin: client.origin });
      for (const path of scripts) await context.addInitScript({ path });
      const at = cookie.indexOf('=');
      await context.addCookies([
        { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: client.origin, secure: true },
      ]);
      const page = await context.newPage();
      await page.goto(client.origin);
      return page;
    };
    const speaker = await open(near, speaks.cookie);
    const roomId = await speaker.evaluate(startRoom, randomUUID());
    const listener = await open(far, listens.cookie);
    for (const page of [speaker, listener]) {
      await page.goto(new URL(`/rooms/${roomId}`, page.url()).href);
      await page.locator('[data-room][data-phase="in"][data-connection="connected"]').waitFor();
    }
    await speaker.locator('[data-room] [data-microphone="muted"]').click();
    await speaker.locator('[data-room] [data-microphone="open"]').waitFor();
    await listener.locator('[data-room-audio] audio').waitFor({ state: 'attached' });
    return {
      ...{ speaker, listener, close },
      async seat() {
        const seat = listener.locator(`ul [data-account="${speaks.id}"][data-role]`);
        return `${await seat.getAttribute('data-participation')} ${await seat.getAttribute('data-role')}`;
      },
      async lostSince(fromMs, patienceMs = PATIENCE_MS) {
        while (Date.now() < fromMs + patienceMs) {
          const heard = await listener.evaluate((since) => soundMeter.heardSince(since), fromMs);
          const lost = lostOf(fromMs, heard);
          if (lost !== null) return lost;
          await wait(250);
        }
        return Number.POSITIVE_INFINITY;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Seconds of the pauses until sound has gone on without one for long enough; null before. */
export function lostOf(fromMs: number, heardAt: readonly number[]): number | null {
  let lostMs = 0;
  let last = fromMs;
  let steadySince = fromMs;
  for (const at of heardAt) {
    if (at - last > PAUSE_MS) {
      lostMs += at - last;
      steadySince = at;
    }
    last = at;
    if (at - steadySince >= STEADY_MS) return lostMs / 1_000;
  }
  return null;
}

/** In a page of somebody who is signed in. */
async function startRoom(key: string): Promise<string> {
  const answer = await fetch('/api/rooms', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Cables', locale: 'en', key }),
  });
  return (await answer.json()).roomId;
}
