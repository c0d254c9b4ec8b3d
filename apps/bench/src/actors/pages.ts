import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** For pages: the bench's microphone and ear. */
export const BENCH_KIT = fileURLToPath(new URL('page-kit.js', import.meta.url));
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** A machine that does much else takes its time. */
const PATIENCE_MS = 90_000;
const FLAGS = [
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/** Sound on one page's clock: samples at 48 kHz, and when the first one was heard, in milliseconds since 1970. */
export type Heard = { samples: Float32Array; atMs: number };
export type Ring = { speaking: boolean; at: number };

type Kit = {
  rings: Ring[];
  now(): number;
  clock(): Promise<{ handedOn: number; heard: number }>;
  say(base64: string): Promise<number>;
  sayNow(base64: string): Promise<number>;
  listen(selector: string): Promise<void>;
  heard(): { startAt: number; samples: string };
  ringed(speaking: boolean): void;
  microphone(): Promise<MediaStream>;
};
declare global {
  var benchKit: Kit;
}

/** Two people: one speaks, one listens, each in a browser context of their own. */
export type Pair = {
  mouth: Page;
  ear: Page;
  /** Where the ear's page plays the mouth. */
  voice: string;
  close(): Promise<void>;
};

/** The machine's Chromium: `SALOTTO_CHROMIUM`, else the first of the usual names. */
export function findChromium(): string {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = process.env.SALOTTO_CHROMIUM ?? paths.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error(`No Chromium: install one (${NAMES.join(', ')}) or name it in SALOTTO_CHROMIUM.`);
  return executablePath;
}

export const launchChromium = (options: { executablePath: string; args: string[] }): Promise<Browser> =>
  chromium.launch(options);

export function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  return launchChromium({ executablePath: findChromium(), args: [...FLAGS, ...(asRoot ? ['--no-sandbox'] : [])] });
}

/** A context whose pages have the bench's microphone and ear. The page's policy must let the ear in. */
export async function openContext(browser: Browser, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    bypassCSP: true,
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.grantPermissions(['microphone'], { origin });
  await context.addInitScript({ path: BENCH_KIT });
  return context;
}

/** Says samples; resolves with the moment in which the first one left, in milliseconds since 1970. */
export async function say(page: Page, samples: Float32Array): Promise<number> {
  const startAt = await page.evaluate((text) => benchKit.say(text), inBase64(samples));
  const { handedOn } = await page.evaluate(() => benchKit.clock());
  return handedOn + startAt * 1000;
}

/** The same, with the moment seen as it passes. One moment alone: a clock's offset is only known over many. */
export const sayNow = (page: Page, samples: Float32Array): Promise<number> =>
  page.evaluate((text) => benchKit.sayNow(text), inBase64(samples));

function inBase64(samples: Float32Array): string {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768))));
  return Buffer.from(pcm.buffer).toString('base64');
}

/** Records while `during` runs. */
export async function hear<Value>(
  options: { page: Page; voice: string },
  during: () => Promise<Value>,
): Promise<{ heard: Heard; value: Value }> {
  const { page, voice } = options;
  await page.evaluate((selector) => benchKit.listen(selector), voice);
  const value = await during();
  const { heard: offset } = await page.evaluate(() => benchKit.clock());
  const { startAt, samples } = await page.evaluate(() => benchKit.heard());
  const bytes = Buffer.from(samples, 'base64');
  return {
    heard: {
      samples: Float32Array.from({ length: bytes.length >> 1 }, (_, n) => bytes.readInt16LE(2 * n) / 32768),
      atMs: offset + startAt * 1000,
    },
    value,
  };
}
