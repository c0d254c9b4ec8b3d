import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { mixerOf } from './mixer-process.ts';
import { type Panel, seatPanel } from './panel.ts';
import { SAMPLE_RATE } from './recordings.ts';
import { type BenchServer, startServerProcess } from './server-process.ts';
import { lengthOf, spokenIn } from './spoken.ts';
import { speech, toSamples } from './talk.ts';
import { waitUntil } from './wait-until.ts';

const SECONDS = 60;
/** Longer than anything takes here on a machine that does much else. */
const BACK_WITHIN_MS = 20_000;
/** From a mixer that was killed, alone or with its server, until another one's first words are in the ledger. */
const FOLLOWED_MS = 9_000;
/** What a mixer had heard and not told yet, and what is said while there is none. */
const UNHEARD_MS = 2_500;

let server: BenchServer;
let panel: Panel;
let talk: Float64Array;
let over: AbortController;
/** Where in the talk the speaker is: what was sent until now. */
let sentMs: () => number;
beforeAll(async () => {
  server = await startServerProcess({ mixers: 1 });
  talk = await speech({
    says: ['books/01', 'books/02', 'books/03', 'books/07'],
    pause: 0.4,
    from: 0,
    seconds: SECONDS,
  });
});
afterAll(async () => {
  await server?.stop();
});
beforeEach(async () => {
  panel = await seatPanel({ server, size: 1 });
  over = new AbortController();
});
afterEach(async () => {
  over.abort();
  await panel.end();
  await panel.close();
});

const countedMs = async () => (await panel.ledger().catch(() => null))?.totalMs ?? 0;
/** Goes on at `fromMs` of the talk, with a connection that is there again where it was lost. */
async function speak(fromMs: number): Promise<void> {
  const speaker = panel.people[0]?.speaker;
  const connects = () =>
    speaker?.connect().then(
      () => true,
      () => false,
    ) ?? false;
  expect(await waitUntil(connects, BACK_WITHIN_MS)).toBe(true);
  const began = performance.now();
  sentMs = () => Math.min(SECONDS * 1_000, fromMs + performance.now() - began);
  void speaker?.play(toSamples(talk.subarray(Math.round((fromMs * SAMPLE_RATE) / 1_000))), over.signal);
}
const saidMs = (toMs: number) => lengthOf(spokenIn(talk.subarray(0, Math.round((toMs * SAMPLE_RATE) / 1_000))));

/** Speaks, lets something happen meanwhile, and gives how long it took until the ledger went on. */
async function through(
  fault: () => Promise<void>,
): Promise<{ backAt: number; backMs: number; saidMs: number; countedMs: number }> {
  await speak(0);
  expect(await waitUntil(async () => (await countedMs()) > 3_000, BACK_WITHIN_MS)).toBe(true);
  const failed = performance.now();
  await fault();
  const before = await countedMs();
  expect(await waitUntil(async () => (await countedMs()) > before, BACK_WITHIN_MS)).toBe(true);
  const backAt = performance.now();
  await wait(3_000);
  const sent = sentMs();
  over.abort();
  let counted = -1;
  // Until nothing is added any more.
  while (counted !== (await countedMs())) {
    counted = await countedMs();
    await wait(2_500);
  }
  return { backAt, backMs: backAt - failed, saidMs: saidMs(sent), countedMs: counted };
}

function judge(found: Awaited<ReturnType<typeof through>>, mayMissMs: number): void {
  expect(found.countedMs).toBeLessThan(found.saidMs * 1.05 + 300);
  expect(found.countedMs).toBeGreaterThan(found.saidMs * 0.95 - mayMissMs);
}

it('a mixer that is killed while somebody talks is followed by another within some seconds', async () => {
  const found = await through(async () => void process.kill(mixerOf(server.pid), 'SIGKILL'));
  expect(found.backMs).toBeLessThan(FOLLOWED_MS);
  judge(found, found.backMs + UNHEARD_MS);
});

it('LiveKit killed and back: the mixer is there again by itself, and nothing counts twice', async () => {
  let spokenAgain = 0;
  const found = await through(async () => {
    const at = sentMs();
    await server.livekit.restart();
    await panel.people[0]?.speaker.disconnect();
    await speak(at);
    spokenAgain = performance.now();
  });
  judge(found, Math.max(0, found.backAt - spokenAgain) + UNHEARD_MS);
});

it('the server killed and back: its mixer follows it, and the ledger goes on', async () => {
  let spokenAgain = 0;
  const found = await through(async () => {
    const at = sentMs();
    await server.crash();
    await panel.people[0]?.speaker.disconnect();
    await speak(at);
    spokenAgain = performance.now();
  });
  const afterMs = found.backAt - spokenAgain;
  expect(afterMs).toBeLessThan(FOLLOWED_MS);
  judge(found, afterMs + UNHEARD_MS);
});
