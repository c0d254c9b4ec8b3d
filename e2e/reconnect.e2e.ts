import { sparePort } from '@salotto/server/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  participationOf,
  type Recording,
  roomParts,
  SAMPLE_RATE,
  say,
  startRoom,
  tone,
  waitConnected,
} from './harness/index.ts';
import { openTcpRelay, type TcpRelay } from './relay/tcp.ts';
import { openUdpRelay, type UdpRelay } from './relay/udp.ts';

const MEDIA_IP = '127.0.0.2';
const WITHOUT_NETWORK_MS = 90_000;
/** Longer than any client's pause between two tries, and LiveKit's own start. */
const BACK_WITHIN_MS = 45_000;
const SOUND = tone({ seconds: 1 });
const SILENCE = 0.01;

/** A moderator with an open microphone and a muted speaker, both behind the cables, and a listener in town. */
type Company = { anna: Person; carla: Person; bruno: Person; ear: Recording; seats: Record<string, string> };

let house: House;
let cable: TcpRelay;
let soundCable: UdpRelay;
let company: Company;

beforeAll(async () => {
  const port = await sparePort();
  cable = await openTcpRelay({ targetPort: port });
  house = await openHouse({
    mediaIp: MEDIA_IP,
    port,
    env: { PUBLIC_URL: `http://localhost:${port},http://localhost:${cable.port}`, SALOTTO_ENV: 'development' },
  });
  soundCable = await openUdpRelay({ ip: MEDIA_IP, port: house.livekit.udpPort });
  company = await gather('Back in the same seat');
}, 120_000);
afterAll(async () => {
  await house?.close();
  await cable?.close();
  await soundCable?.close();
});

async function gather(title: string): Promise<Company> {
  const far = { origin: `http://localhost:${cable.port}` };
  const [anna, carla, bruno] = await Promise.all([
    house.person('anna', far),
    house.person('carla', far),
    house.person('bruno'),
  ]);
  const roomId = await startRoom(anna, title);
  await bringOnStage({ moderator: anna, listener: carla, roomId });
  await enterRoom(anna, roomId);
  await Promise.all([enterRoom(carla, roomId), enterRoom(bruno, roomId)]);
  await openMicrophone(anna);
  const seats = {
    [anna.id]: await participationOf(bruno, anna),
    [carla.id]: await participationOf(bruno, carla),
  };
  const gathered = { anna, carla, bruno, ear: await bruno.record(seats[anna.id]), seats };
  await heard(gathered);
  return gathered;
}

/** She speaks until he hears her. Resolves with the moment in which he did. */
async function heard({ anna, bruno, ear }: Company, withinMs = BACK_WITHIN_MS): Promise<number> {
  const until = Date.now() + withinMs;
  let quietAt = 0;
  while (Date.now() < until) {
    if (Date.now() > quietAt) {
      // A page that is being loaded can't speak yet.
      await anna.say(SOUND).catch(() => undefined);
      quietAt = Date.now() + (1_000 * SOUND.length) / SAMPLE_RATE;
    }
    if ((await ear.loudest(0.3)) > 20 * SILENCE) return Date.now();
    await anna.page.waitForTimeout(50);
  }
  const screens = await Promise.all([anna, bruno].map(screenOf));
  throw new Error(`She was not heard. Her screen and his: ${screens.join(' | ')}`);
}

/** What a failed test needs to know of a screen. */
async function screenOf({ page }: Person): Promise<string> {
  const marks = page.locator('[data-room], [data-room] [data-microphone], ul [data-role][data-account]');
  const data = await marks.evaluateAll((parts) => parts.map((part) => JSON.stringify((part as HTMLElement).dataset)));
  return data.join(' ') || ((await page.locator('body').textContent()) ?? '').slice(0, 300);
}

/** Nothing of her is under way any more. */
async function silent({ ear }: Company): Promise<void> {
  await expect.poll(() => ear.loudest(0.3), { timeout: 10_000, interval: 100 }).toBeLessThan(SILENCE);
}

/** Everybody's screen shows the same stage: she with an open microphone, the other muted, both in the seats they had. */
async function agree({ anna, carla, bruno, seats }: Company): Promise<void> {
  const here = { lost: 'false' };
  for (const { page } of [anna, carla, bruno]) {
    await expect
      .poll(() => stageOn(page), { timeout: BACK_WITHIN_MS, interval: 200 })
      .toEqual([
        { participation: seats[anna.id], account: anna.id, role: 'moderator', muted: 'false', ...here },
        { participation: seats[carla.id], account: carla.id, role: 'speaker', muted: 'true', ...here },
      ]);
  }
  await anna.page.locator('[data-room] [data-microphone="open"]').waitFor();
  await carla.page.locator('[data-room] [data-microphone="muted"]').waitFor();
  await Promise.all([anna, carla, bruno].map(waitConnected));
  // What works for a moment only would be noticed here.
  await silent(company);
  await heard(company);
}

function stageOn(page: Page): Promise<unknown[]> {
  return page.locator('ul [data-role][data-account]').evaluateAll((seats) =>
    seats.map((seat) => {
      const { participation, account, role, muted, lost } = (seat as HTMLElement).dataset;
      return { participation, account, role, muted, lost };
    }),
  );
}

/** The ports from which somebody's browser sends and receives sound. */
async function soundPortsOf({ page }: Person): Promise<number[]> {
  const lines = await page.evaluate(() => salottoKit.candidates);
  return lines.flatMap((line) => {
    const [, , protocol, , , port] = line.split(' ');
    return protocol?.toLowerCase() === 'udp' ? Number(port) : [];
  });
}

function tell(what: string, begunAt: number, heardAt: number): void {
  say(`${what}: heard again after ${((heardAt - begunAt) / 1_000).toFixed(1)} s`);
}

test('speakers who reload the page', async () => {
  const { anna, carla } = company;
  await silent(company);
  const begunAt = Date.now();
  await Promise.all([anna.page.reload(), carla.page.reload()]);
  tell('Reload of the page', begunAt, await heard(company));
  await agree(company);
});

test.each([
  ['is told to stop', () => house.server.stop()],
  ['dies', () => house.server.kill()],
])(
  'a server process that %s: voices go on, and screens come back',
  async (_how, end) => {
    await silent(company);
    await end();
    await heard(company);
    await house.server.start();
    const begunAt = Date.now();
    await agree(company);
    say(
      `Restart of the server: all screens agree and she is heard after ${((Date.now() - begunAt) / 1_000).toFixed(1)} s`,
    );
  },
  120_000,
);

test('a LiveKit that dies and is started again', async () => {
  await silent(company);
  await house.livekit.restart();
  const begunAt = Date.now();
  tell('Restart of LiveKit', begunAt, await heard(company));
  await agree(company);
}, 90_000);

test('speakers without network for 90 seconds', async () => {
  const { anna, carla, bruno, ear } = company;
  await silent(company);
  const ports = await Promise.all([soundPortsOf(anna), soundPortsOf(carla)]);
  for (const own of ports) expect(own.length).toBeGreaterThan(0);
  const cutAt = Date.now();
  cable.cut();
  soundCable.cut(new Set(ports.flat()));
  for (const person of [anna, carla]) {
    const lost = roomParts.seat(bruno, person).and(bruno.page.locator('[data-lost="true"]'));
    await lost.waitFor({ timeout: WITHOUT_NETWORK_MS - 5_000 });
  }
  say(`Without network: their seats are shown as lost after ${((Date.now() - cutAt) / 1_000).toFixed(1)} s`);
  while (Date.now() < cutAt + WITHOUT_NETWORK_MS) {
    await anna.say(SOUND);
    await bruno.page.waitForTimeout(1_000);
    expect(await ear.loudest(1)).toBeLessThan(SILENCE);
  }
  expect(soundCable.dropped()).toBeGreaterThan(50);
  for (const person of [anna, carla]) {
    expect(await roomParts.room(person).getAttribute('data-connection')).toBe('reconnecting');
  }

  const mendedAt = Date.now();
  cable.mend();
  soundCable.mend();
  tell('90 s without network', mendedAt, await heard(company));
  await agree(company);
}, 240_000);
