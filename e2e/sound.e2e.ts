import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  chooseInMenu,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  openPerson,
  type Person,
  participationOf,
  roomParts,
  say,
  startRoom,
} from './harness/index.ts';

/** Two microphones that say 440 Hz on the left and 660 Hz on the right, and a notebook of what was asked of the browser. */
const TWO_MICROPHONES = `
  globalThis.asked = [];
  const levels = [];
  globalThis.setLevel = (gain) => levels.forEach((level) => { level.gain.value = gain; });
  let context;
  navigator.mediaDevices.enumerateDevices = async () => [
    { kind: 'audioinput', deviceId: 'desk', label: 'Desk', groupId: '1' },
    { kind: 'audioinput', deviceId: 'headset', label: 'Headset', groupId: '2' },
  ];
  navigator.mediaDevices.getUserMedia = async ({ audio }) => {
    const { deviceId, channelCount, echoCancellation } = audio;
    globalThis.asked.push({ device: deviceId?.exact ?? null, channels: channelCount, echo: echoCancellation });
    context ??= new AudioContext({ sampleRate: 48000 });
    await context.resume();
    const channels = channelCount;
    const heard = new MediaStreamAudioDestinationNode(context, { channelCount: channels, channelCountMode: 'explicit' });
    const sides = new ChannelMergerNode(context, { numberOfInputs: 2 });
    [440, 660].forEach((frequency, side) => {
      const tone = new OscillatorNode(context, { frequency });
      const level = new GainNode(context, { gain: 0.3 });
      levels.push(level);
      tone.connect(level).connect(sides, 0, side);
      tone.start();
    });
    sides.connect(heard);
    return heard.stream;
  };`;

/** What the page sends or receives now, by its own connections; and what the headset's buttons do. */
const WATCH_CONNECTIONS = `
  const made = [];
  const Peer = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(...options) { super(...options); made.push(this); }
  };
  globalThis.soundStats = async () => {
    const entries = [];
    for (const one of made) {
      if (one.connectionState === 'closed') continue;
      entries.push(...(await one.getStats()).values());
    }
    return entries;
  };
  // The first that the other side lists for a track is what it is sent as.
  globalThis.sentAs = () =>
    made.filter((one) => one.connectionState !== 'closed' && one.getSenders().some(({ track }) => track)).map((one) => {
      const { sdp } = one.currentRemoteDescription;
      const [, first] = /m=audio \\d+ \\S+ (\\d+)/.exec(sdp) ?? [];
      return new RegExp('a=rtpmap:' + first + ' (\\\\S+)').exec(sdp)?.[1];
    });
  globalThis.sessionHandlers = {};
  const { mediaSession } = navigator;
  const setActionHandler = mediaSession.setActionHandler.bind(mediaSession);
  mediaSession.setActionHandler = (action, run) => {
    globalThis.sessionHandlers[action] = run;
    setActionHandler(action, run);
  };`;

let house: House;
let anna: Person;
let bruno: Person;
let roomId: Awaited<ReturnType<typeof startRoom>>;
beforeAll(async () => {
  house = await openHouse();
  [anna, bruno] = await Promise.all([house.person('anna', { voice: false }), house.person('bruno', { voice: false })]);
  for (const { context } of [anna, bruno]) await context.addInitScript(WATCH_CONNECTIONS);
  for (const { context } of [anna, bruno]) await context.addInitScript(TWO_MICROPHONES);
  roomId = await startRoom(anna, 'Sound');
  await enterRoom(anna, roomId);
  await enterRoom(bruno, roomId);
});
afterAll(() => house?.close());

type Stat = Record<'id' | 'type' | 'kind', string | undefined> &
  Record<'bytesSent' | 'totalAudioEnergy' | 'totalSamplesDuration', number | undefined>;
type Asked = { device: string | null; channels: number; echo: boolean };
const asked = (page: Page) => page.evaluate(() => Reflect.get(globalThis, 'asked') as Asked[]);
const stats = (page: Page) => page.evaluate(() => (Reflect.get(globalThis, 'soundStats') as () => Promise<Stat[]>)());

async function openSound({ page }: Person) {
  await chooseInMenu({ page }, 'Sound');
  const sheet = page.getByRole('dialog', { name: 'Sound' });
  await sheet.locator('[data-sound-panel="listening"], [data-sound-panel="live"]').waitFor();
  return sheet;
}

const close = async ({ page }: Person, name: string) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
};

test('a microphone is chosen, tried and remembered', async () => {
  const sheet = await openSound(anna);
  await sheet.getByLabel('Microphone', { exact: true }).selectOption({ label: 'Headset' });
  await expect.poll(async () => (await asked(anna.page)).at(-1)?.device).toBe('headset');
  const level = () => sheet.locator('meter').evaluate((meter) => Reflect.get(meter, 'value') as number);
  await expect.poll(level).toBeGreaterThan(30);
  await sheet.getByRole('button', { name: 'Record 3 seconds and listen' }).click();
  await anna.page.locator('[data-sound-panel="playing"]').waitFor();
  await close(anna, 'Sound');
  await anna.page.reload();
  await anna.page.locator('[data-room][data-connection="connected"]').waitFor();
  await openMicrophone(anna);
  expect((await asked(anna.page)).at(-1)).toEqual({ device: 'headset', channels: 1, echo: true });
  // Speech carries each packet once more, against loss.
  expect(await anna.page.evaluate(() => (Reflect.get(globalThis, 'sentAs') as () => string[])())).toEqual([
    'red/48000/2',
  ]);
});

test('music is stereo in high quality, and everybody sees and hears it without a reload', async () => {
  const sheet = await openSound(anna);
  await sheet.getByLabel('Music mode').check();
  await roomParts.seat(bruno, anna).locator('[data-seat-music]').waitFor();
  await close(anna, 'Sound');
  await anna.page.locator('[data-room] [data-microphone="open"]').waitFor();
  expect((await asked(anna.page)).some(({ channels, echo }) => channels === 2 && !echo)).toBe(true);

  let bits = 0;
  await expect
    .poll(
      async () => {
        bits = await bitsPerSecond(anna.page);
        return bits;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThanOrEqual(96_000);
  say(`music mode: ${Math.round(bits / 1000)} kbit/s sent`);
  await expect.poll(() => channelTones(bruno, anna), { timeout: 10_000 }).toEqual([440, 660]);
});

test('one person is quieter for oneself alone, and the whole room silent', async () => {
  await openPerson(bruno, anna);
  const whole = await steadyPower(bruno.page);
  await bruno.page.getByLabel('Volume for you').fill('50');
  await close(bruno, anna.name);
  let quieter = 0;
  await expect
    .poll(async () => {
      quieter = decibels((await playedPower(bruno.page)) / whole);
      return Math.abs(quieter + 6);
    })
    // What the whole voice was compared with changes a little while a busy machine catches up.
    .toBeLessThan(2.9);
  say(`volume 50 %: ${quieter.toFixed(1)} dB`);
  await chooseInMenu(bruno, 'Silence the room for me');
  const line = bruno.page.locator('[data-sound-line="room-silent"]');
  await line.waitFor();
  await expect.poll(async () => decibels((await playedPower(bruno.page)) / whole)).toBeLessThan(-60);
  await line.getByRole('button', { name: 'Hear it' }).click();
  await line.waitFor({ state: 'detached' });
  await expect.poll(async () => decibels((await playedPower(bruno.page)) / whole)).toBeGreaterThan(-8);
});

test('a microphone that clips is told to its speaker and to moderators', async () => {
  await setLevel(anna.page, 4);
  await anna.page.locator('[data-sound-line="clipping"]').waitFor();
  await roomParts.seat(anna, anna).locator('[data-seat-trouble]').waitFor();
  expect(await roomParts.seat(bruno, anna).locator('[data-seat-trouble]').count()).toBe(0);
  await setLevel(anna.page, 0.3);
});

test('the headset’s button mutes and opens the microphone', async () => {
  const press = (action: string) =>
    anna.page.evaluate(
      (name) => (Reflect.get(globalThis, 'sessionHandlers') as Record<string, () => void>)[name]?.(),
      action,
    );
  await press('pause');
  await anna.page.locator('[data-room] [data-microphone="muted"]').waitFor();
  await press('togglemicrophone');
  await anna.page.locator('[data-room] [data-microphone="open"]').waitFor();
});

test('a held key talks, and so does the button', async () => {
  await bringOnStage({ moderator: anna, listener: bruno, roomId });
  const { page } = bruno;
  await page.locator('[data-room] [data-microphone="muted"]').waitFor();
  await chooseInMenu(bruno, 'Sound');
  await page.getByRole('dialog', { name: 'Sound' }).getByLabel('Hold to talk').last().check();
  await close(bruno, 'Sound');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const seat = roomParts.seat(anna, bruno);
  const muted = (is: boolean) => seat.and(anna.page.locator(`[data-muted="${is}"]`)).waitFor();
  await page.keyboard.down('Space');
  await muted(false);
  await page.keyboard.up('Space');
  await muted(true);
  const captured = (await asked(page)).length;
  await page.keyboard.down('Space');
  await muted(false);
  await page.keyboard.up('Space');
  await muted(true);
  expect((await asked(page)).length).toBe(captured);
  const button = page.getByRole('button', { name: 'Muted. Hold to talk' });
  await button.hover();
  await page.mouse.down();
  await muted(false);
  await page.mouse.up();
  await muted(true);
});

const sentSound = async (page: Page) =>
  (await stats(page)).filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'audio');

/** Sent as sound, over a second, by whatever is sent all that time. */
async function bitsPerSecond(page: Page): Promise<number> {
  const sent = async () => ({
    bytes: new Map((await sentSound(page)).map(({ id, bytesSent }) => [id, bytesSent ?? 0])),
    at: Date.now(),
  });
  const before = await sent();
  await expect.poll(async () => (await sent()).at - before.at, { timeout: 6_000 }).toBeGreaterThan(1_000);
  const after = await sent();
  const bytes = [...after.bytes].reduce((sum, [id, count]) => sum + count - (before.bytes.get(id) ?? count), 0);
  return (bytes * 8 * 1_000) / (after.at - before.at);
}

/** The loudest tone of each channel of somebody, as this page receives it. */
async function channelTones(listener: Person, speaker: Person): Promise<number[]> {
  const of = await participationOf(listener, speaker);
  return listener.page.evaluate(async (participation) => {
    const element = document.querySelector<HTMLAudioElement>(
      `[data-room-audio] audio[data-participation="${participation}"]`,
    );
    if (!(element?.srcObject instanceof MediaStream)) return [];
    const context = new AudioContext({ sampleRate: 48_000 });
    await context.resume();
    const sides = context.createChannelSplitter(2);
    context.createMediaStreamSource(element.srcObject).connect(sides);
    const looks = [0, 1].map((side) => {
      const look = new AnalyserNode(context, { fftSize: 8_192 });
      sides.connect(look, side);
      return look;
    });
    while (context.currentTime < 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const tones = looks.map((look) => {
      const bins = new Float32Array(look.frequencyBinCount);
      look.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins)) * (48_000 / 8_192);
      return [440, 660].find((hz) => Math.abs(hz - loudest) < 12) ?? Math.round(loudest);
    });
    await context.close();
    return tones;
  }, of);
}

/** Power of what this page plays, over half a second: a receiver's energy is taken after the volume of its element. */
async function playedPower(page: Page): Promise<number> {
  const played = async () => {
    const entries = (await stats(page)).filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
    return new Map(
      entries.map(({ id, totalAudioEnergy = 0, totalSamplesDuration = 0 }) => [
        id,
        { energy: totalAudioEnergy, seconds: totalSamplesDuration },
      ]),
    );
  };
  const before = await played();
  const at = performance.now();
  await expect.poll(() => performance.now() - at).toBeGreaterThan(500);
  let power = 0;
  for (const [id, after] of await played()) {
    // A track that came or went in between is not measured, and one that plays nothing has no power.
    const start = before.get(id);
    if (start && after.seconds > start.seconds)
      power += (after.energy - start.energy) / (after.seconds - start.seconds);
  }
  return power;
}

/** The same, once it is what it was half a second before: a jitter buffer that settles plays louder or quieter. */
async function steadyPower(page: Page): Promise<number> {
  let before = await playedPower(page);
  for (;;) {
    const now = await playedPower(page);
    if (Math.abs(decibels(now / before)) < 0.1) return now;
    before = now;
  }
}

const setLevel = (page: Page, level: number) =>
  page.evaluate((wanted) => (Reflect.get(globalThis, 'setLevel') as (level: number) => void)(wanted), level);

const decibels = (ratio: number) => 10 * Math.log10(Math.max(ratio, 1e-12));
