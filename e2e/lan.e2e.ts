import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackage, sparePort } from '@salotto/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustInChromium } from './harness/authority.ts';
import {
  acceptOffer,
  enterRoom,
  type House,
  launchBrowser,
  openHouse,
  openMicrophone,
  participationOf,
  raiseHand,
  roomIdOf,
  roomParts,
  startRoomOnScreen,
  tone,
  type Visitor,
} from './harness/index.ts';

const NAME = 'salotto.test';
const MAPPED = [`--host-resolver-rules=MAP ${NAME} 127.0.0.1`];

const certutil = await ensureDebianPackage({ command: 'certutil', package: 'libnss3-tools' });

let house: House;
let trusting: Browser | null = null;
let home = '';
let plain = '';
let secure = '';

beforeAll(async () => {
  const [port, httpsPort] = [await sparePort(), await sparePort()];
  plain = `http://${NAME}:${port}`;
  secure = `https://${NAME}:${httpsPort}`;
  home = mkdtempSync(join(tmpdir(), 'salotto-e2e-home-'));
  house = await openHouse({
    port,
    args: ['--lan'],
    env: { LAN_NAMES: NAME, LAN_HTTPS_PORT: String(httpsPort), SALOTTO_ENV: 'development' },
    flags: MAPPED,
  });
}, 120_000);
afterAll(async () => {
  await trusting?.close();
  await house?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A browser on a device that trusts the server's authority, which it got over plain HTTP as a phone does. */
async function trustingBrowser(): Promise<Browser> {
  const authority = await fetch(`${house.origin}/ca.crt`);
  expect(authority.headers.get('content-type')).toBe('application/x-x509-ca-cert');
  await trustInChromium({ certutil: certutil ?? '', home, authority: Buffer.from(await authority.arrayBuffer()) });
  trusting = await launchBrowser({ flags: MAPPED, env: { HOME: home } });
  return trusting;
}

async function signUp(visitor: Visitor, name: string): Promise<void> {
  const { page } = visitor;
  const email = `${name.toLowerCase()}@example.org`;
  await visitor.open('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the code' }).click();
  await page.getByLabel('Code', { exact: true }).fill(await house.codeFor(email));
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your handle').fill(name.toLowerCase());
  await page.getByText(`@${name.toLowerCase()} is free.`).waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Go on with initials' }).click();
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
}

test('over plain HTTP somebody signs in and listens, and is told where to speak', async () => {
  const speaker = await house.person('anna');
  const listener = await house.visitor({ origin: plain, voice: false });
  await signUp(listener, 'Paola');
  const has = await listener.page.evaluate(() => ({
    secure: isSecureContext,
    devices: 'mediaDevices' in navigator,
    worker: 'serviceWorker' in navigator,
  }));
  expect(has).toEqual({ secure: false, devices: false, worker: false });
  for (const cookie of await listener.context.cookies(plain)) expect(cookie.secure).toBe(false);

  await speaker.open('/');
  await startRoomOnScreen(speaker, 'Heard without a padlock');
  const roomId = roomIdOf(speaker);
  await enterRoom(listener, roomId);
  await openMicrophone(speaker);
  const ear = await listener.record(await participationOf(listener, speaker));
  await expect
    .poll(
      async () => {
        await speaker.say(tone({ seconds: 0.5 }));
        return ear.loudest(1);
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0.1);

  await raiseHand(listener);
  await speaker.page.getByRole('button', { name: 'Offer the stage to Paola' }).click();
  await acceptOffer(listener);
  await roomParts.microphone(listener).click();
  const advice = listener.page.locator('[data-microphone-trouble="insecure"]');
  await advice.waitFor();
  expect(await advice.locator('a').first().getAttribute('href')).toBe(`${secure}/rooms/${roomId}`);
  expect(await advice.locator('a').nth(1).getAttribute('href')).toBe('/trust');
});

test('the page about trust names the address and the fingerprint, in the language of the browser', async () => {
  const printed = /\(SHA-256\): ([0-9A-F:]{95})/.exec(house.server.output())?.[1];
  expect(printed).toBeDefined();
  const visitor = await house.visitor({ origin: plain, context: { locale: 'it-IT' } });
  await visitor.open('/trust');
  await expect.poll(() => visitor.page.locator('html').getAttribute('lang')).toBe('it');
  expect(await visitor.page.locator('[data-fingerprint]').textContent()).toBe(printed);
  expect(await visitor.page.locator('[data-secure]').getAttribute('href')).toBe(secure);
});

test('a name that is not this machine’s, and a page of another site, get nothing', async () => {
  const { port } = new URL(plain);
  const ask = (host: string, origin?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { host, ...(origin ? { origin } : {}) };
      const method = origin ? 'POST' : 'GET';
      request({ host: '127.0.0.1', port, path: '/api/about', method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await ask(`${NAME}:${port}`)).toBe(200);
  expect(await ask(`rebound.example.com:${port}`)).toBe(421);
  expect(await ask(`${NAME}:${port}`, 'http://elsewhere.test')).toBe(403);
});

test.skipIf(!certutil)('a device that trusts the authority speaks under TLS', async () => {
  const browser = await trustingBrowser();
  const [speaker, listener] = [await house.person('carla', { browser, origin: secure }), await house.person('bruno')];
  await speaker.open('/');
  expect(await speaker.page.evaluate(() => isSecureContext)).toBe(true);
  await startRoomOnScreen(speaker, 'With a padlock');
  await enterRoom(listener, roomIdOf(speaker));
  await openMicrophone(speaker);
  const ear = await listener.record(await participationOf(listener, speaker));
  await expect
    .poll(
      async () => {
        await speaker.say(tone({ seconds: 0.5 }));
        return ear.loudest(1);
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0.1);
  await speaker.page.locator('[data-room]').getByRole('button', { name: 'More' }).click();
  await speaker.page.locator('[data-sound-path="udp"]').waitFor();

  const newcomer = await house.visitor({ browser, origin: secure });
  await signUp(newcomer, 'Dora');
  const cookies = await newcomer.context.cookies(secure);
  expect(cookies.map(({ name, secure: only }) => [name, only])).toContainEqual(['__Host-salotto', true]);
});
