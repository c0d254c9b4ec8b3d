import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const FLAGS = [
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/** The machine's Chromium: `SALOTTO_CHROMIUM`, else the first of the usual names. */
export function findChromium(env = process.env): string {
  const given = env.SALOTTO_CHROMIUM;
  if (given) return given;
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)];
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error(`No Chromium: install one (${NAMES.join(', ')}) or name it in SALOTTO_CHROMIUM.`);
  return found;
}

/** A browser that plays without a tap, gives its (fake) microphone without asking and uses loopback for WebRTC. */
export function launchBrowser(options: { flags?: string[]; env?: Record<string, string> } = {}): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  const env = { ...process.env, ...options.env } as Record<string, string>;
  return chromium.launch({
    env,
    executablePath: findChromium(),
    args: [...FLAGS, ...(asRoot ? ['--no-sandbox'] : []), ...(options.flags ?? [])],
  });
}
