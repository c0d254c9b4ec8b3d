import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareSpeech, writeWav } from '@salotto/audio';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  enterRoom,
  type House,
  launchBrowser,
  openHouse,
  openMicrophone,
  participationOf,
  readSpeech,
  SAMPLE_RATE,
  say,
  startRoom,
} from './harness/index.ts';

/** Echo cancellation, noise suppression and gain of the real capture are in the way of the sound here. */
const STOI_LEAST = 0.85;
const SPEECH_SECONDS = 6;

let house: House;
let folder: string;
const browsers: Browser[] = [];
beforeAll(async () => {
  [house, folder] = await Promise.all([openHouse(), mkdtemp(join(tmpdir(), 'salotto-voice-'))]);
});
afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

test('three browsers: what the device of one hears comes out of the two others', async () => {
  const speech = (await readSpeech()).subarray(0, SPEECH_SECONDS * SAMPLE_RATE);
  const voice = join(folder, 'speech.wav');
  await writeFile(voice, writeWav({ sampleRate: SAMPLE_RATE, samples: speech }));
  const mouth = await launchBrowser({ flags: [`--use-file-for-fake-audio-capture=${voice}`] });
  const ears = [await launchBrowser(), await launchBrowser()];
  browsers.push(mouth, ...ears);

  const anna = await house.person('anna', { browser: mouth, voice: false });
  const listeners = await Promise.all(
    ears.map((browser, n) => house.person(n === 0 ? 'bruno' : 'carla', { browser, voice: false })),
  );
  const roomId = await startRoom(anna, 'Three machines');
  await enterRoom(anna, roomId);
  await Promise.all(listeners.map((one) => enterRoom(one, roomId)));
  await openMicrophone(anna);

  const figures = await Promise.all(
    listeners.map(async (listener) => {
      const of = await participationOf(listener, anna);
      await listener.page.locator(`[data-room-audio] audio[data-participation="${of}"]`).waitFor({ state: 'attached' });
      const recording = await listener.record(of);
      // The device says the file over and over: twice its length holds it whole at least once.
      await listener.page.waitForTimeout(2 * SPEECH_SECONDS * 1_000 + 500);
      return compareSpeech({ recording: await recording.stop(), original: speech, sampleRate: SAMPLE_RATE }).best;
    }),
  );
  say(`STOI through the browser's own device, two listeners: ${figures.map((figure) => figure.toFixed(3)).join(', ')}`);
  for (const figure of figures) expect(figure).toBeGreaterThanOrEqual(STOI_LEAST);
});
