import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  roomParts,
  startRoom,
} from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const TURN_ON = { name: 'Muted. Turn the microphone on' };

/** Somebody alone on a stage whose browser answers so when it is asked for the microphone. */
async function onStage(handle: string, breakMicrophone: string): Promise<Person> {
  const person = await house.person(handle);
  await person.context.addInitScript(breakMicrophone);
  const roomId = await startRoom(person, `Room of ${handle}`);
  await enterRoom(person, roomId);
  return person;
}

const failing = (name: string, state: string) => `
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('as told', '${name}') };
  navigator.permissions.query = async () => ({ state: '${state}' });`;

const TROUBLES = [
  {
    ...{ handle: 'refused', script: failing('NotAllowedError', 'prompt'), trouble: 'refused' },
    ...{ title: 'The microphone was not allowed', advice: /choose “Allow”/ },
  },
  {
    ...{ handle: 'barred', script: failing('NotAllowedError', 'denied'), trouble: 'blocked' },
    ...{ title: 'The browser blocks the microphone here', advice: /site settings beside the address/ },
  },
  {
    ...{ handle: 'missing', script: failing('NotFoundError', 'granted'), trouble: 'missing' },
    ...{ title: 'No microphone found', advice: /Plug in a microphone/ },
  },
  {
    ...{ handle: 'taken', script: failing('NotReadableError', 'granted'), trouble: 'taken' },
    ...{ title: 'Another app holds the microphone', advice: /End calls and recordings/ },
  },
];

test.each(TROUBLES)('a microphone that is $trouble has a screen that says what to do', async (told) => {
  const person = await onStage(told.handle, told.script);
  const { page } = person;
  await page.getByRole('button', TURN_ON).click();
  const sheet = page.getByRole('dialog', { name: told.title });
  await sheet.getByText(told.advice).waitFor();
  await sheet.locator(`[data-microphone-trouble="${told.trouble}"]`).waitFor();
  expect(await roomParts.seat(person, person).getAttribute('data-muted')).toBe('true');

  // The trouble is over: trying again works from the same screen.
  await page.evaluate(() => salottoKit.useVoice());
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-room] [data-microphone="open"]').waitFor();
  await sheet.waitFor({ state: 'detached' });
});

test('a page without a secure context says so, and one can stay and listen', async () => {
  const person = await onStage(
    'insecure',
    "Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });",
  );
  const { page } = person;
  await page.getByRole('button', TURN_ON).click();
  const sheet = page.getByRole('dialog', { name: 'This address can’t use a microphone' });
  await sheet.getByText(/https address/).waitFor();
  expect(await sheet.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await sheet.getByRole('button', { name: 'Stay muted' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', TURN_ON).waitFor();
});

test('a microphone that is pulled out is shown muted to everybody', async () => {
  const person = await onStage('pulled', '');
  const other = await house.person('watcher');
  const roomId = new URL(person.page.url()).pathname.split('/')[2] ?? '';
  await other.open(`/rooms/${roomId}`);
  await person.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await original(constraints);
      Object.assign(globalThis, { pullOut: () => stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended')) });
      return stream;
    };
  });
  await person.page.getByRole('button', TURN_ON).click();
  const seat = roomParts.seat(other, person);
  await seat.and(other.page.locator('[data-muted="false"]')).waitFor();
  await person.page.evaluate(() => (Reflect.get(globalThis, 'pullOut') as () => void)());
  await person.page.getByRole('dialog', { name: 'Your microphone went away' }).waitFor();
  await seat.and(other.page.locator('[data-muted="true"]')).waitFor();
});

/** As browsers are that play nothing on a page before it was tapped. */
const QUIET_BROWSER = `
  let tapped = false;
  addEventListener('click', ({ isTrusted }) => { tapped ||= isTrusted }, true);
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (tapped) return play.call(this);
    this.autoplay = false;
    this.pause();
    return Promise.reject(new DOMException('tap first', 'NotAllowedError'));
  };`;

test('a browser that plays nothing without a tap gets a button to tap', async () => {
  const speaker = await onStage('talker', '');
  await openMicrophone(speaker);
  const listener = await house.person('tapper');
  await listener.context.addInitScript(QUIET_BROWSER);
  await listener.open(new URL(speaker.page.url()).pathname);
  const tap = listener.page.getByRole('button', { name: 'Tap to hear' });
  await tap.waitFor();
  const paused = () =>
    listener.page.locator('[data-room-audio] audio').evaluate((sound) => Reflect.get(sound, 'paused'));
  expect(await paused()).toBe(true);
  await tap.click();
  await tap.waitFor({ state: 'detached' });
  await expect.poll(paused).toBe(false);
});
