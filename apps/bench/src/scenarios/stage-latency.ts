import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compareSpeech, findMarkers, markerBurst } from '@salotto/audio';
import { startTestLivekit } from '@salotto/server/testing';
import { openBarePair } from '../actors/bare-pair.ts';
import { hear, openBrowser, type Pair, type Ring, sayNow, say as speak } from '../actors/pages.ts';
import { createRecordings, SAMPLE_RATE } from '../actors/recordings.ts';
import { openSalottoPair } from '../actors/salotto-pair.ts';
import { startServerProcess } from '../actors/server-process.ts';
import { percentile } from '../report/percentile.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const MARKS = 60;
const FEWEST_MARKS = 50;
/** Apart enough that no delay worth the name reaches the next mark. */
const APART_SECONDS = 0.6;
const SPEECH = fileURLToPath(new URL('../../demo/recordings/books/', import.meta.url));
const SPEECH_SECONDS = 12;
const RINGS = 12;
const RING_WITHIN_MS = 3_000;

const TARGET_DELAY_MS = 200;
const TARGET_STOI = 0.95;
const TARGET_RING_MS = 300;

type Measured = { delays: number[]; stoi: number; rings: number[] };

/** Microphone to ear between two browser pages in a room, beside two pages with nothing but LiveKit's client. */
export async function stageLatency(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server and a browser…');
  const server = await startServerProcess();
  const browser = await openBrowser().catch(async (error) => {
    await server.stop();
    throw error;
  });
  try {
    const speech = await readSpeech();
    const measure = async (name: string, open: () => Promise<Pair>): Promise<Measured> => {
      say(`${name}: ${MARKS} marks, a speech of ${SPEECH_SECONDS} s, ${RINGS} beginnings…`);
      const pair = await open();
      try {
        // The first seconds of a connection are not how it sounds later.
        await wait(3_000);
        const delays = await measureDelays(pair);
        say(`${name}: microphone to ear p95 ${percentile(delays, 0.95).toFixed(0)} ms`);
        return { delays, stoi: await understand(pair, speech), rings: await ring(pair) };
      } finally {
        await pair.close();
      }
    };
    const own = await measure('A room of Salotto', () => openSalottoPair({ server, browser }));
    // Of its own, set up the same: a Salotto closes rooms on its LiveKit that it does not know.
    const livekit = await startTestLivekit();
    const bare = await measure('LiveKit alone', () => openBarePair({ livekit, browser })).finally(livekit.stop);
    return [
      aimed('marks heard', own.delays.length, `of ${MARKS}`, { atLeast: FEWEST_MARKS }),
      figure('microphone to ear p50', percentile(own.delays, 0.5), 'ms'),
      aimed('microphone to ear p95', percentile(own.delays, 0.95), 'ms', { atMost: TARGET_DELAY_MS }),
      aimed('speech understood (STOI)', own.stoi, '', { atLeast: TARGET_STOI }),
      figure('speaking ring p50', percentile(own.rings, 0.5), 'ms'),
      aimed('speaking ring p95', percentile(own.rings, 0.95), 'ms', { atMost: TARGET_RING_MS }),
      figure('LiveKit alone: marks heard', bare.delays.length, `of ${MARKS}`),
      figure('LiveKit alone: microphone to ear p50', percentile(bare.delays, 0.5), 'ms'),
      figure('LiveKit alone: microphone to ear p95', percentile(bare.delays, 0.95), 'ms'),
      figure('LiveKit alone: speech understood (STOI)', bare.stoi, ''),
      figure('LiveKit alone: its own speaker event p50', percentile(bare.rings, 0.5), 'ms'),
      figure('LiveKit alone: its own speaker event p95', percentile(bare.rings, 0.95), 'ms'),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Milliseconds from where a mark left one page's microphone to where the other page's ear had it, mark by mark. */
async function measureDelays({ mouth, ear, voice }: Pair): Promise<number[]> {
  const marker = markerBurst({ sampleRate: SAMPLE_RATE });
  const apart = APART_SECONDS * SAMPLE_RATE;
  const spoken = new Float32Array(MARKS * apart);
  for (let n = 0; n < MARKS; n += 1) spoken.set(marker, n * apart);
  const { heard, value: leftAtMs } = await hear({ page: ear, voice }, async () => {
    const leftAtMs = await speak(mouth, spoken);
    await wait((1000 * spoken.length) / SAMPLE_RATE + 1_000);
    return leftAtMs;
  });
  const found = findMarkers({ samples: heard.samples, marker }).map((at) => heard.atMs + (1000 * at) / SAMPLE_RATE);
  return Array.from({ length: MARKS }, (_, n) => leftAtMs + 1000 * APART_SECONDS * n).flatMap((left) => {
    const came = found.find((at) => at > left && at < left + 1000 * APART_SECONDS);
    return came === undefined ? [] : [came - left];
  });
}

/** STOI of what is heard of the speech, the best of three windows. */
async function understand({ mouth, ear, voice }: Pair, speech: Float32Array): Promise<number> {
  const { heard } = await hear({ page: ear, voice }, async () => {
    await speak(mouth, speech);
    await wait((1000 * speech.length) / SAMPLE_RATE + 500);
  });
  return compareSpeech({ recording: heard.samples, original: speech, sampleRate: SAMPLE_RATE }).best;
}

/** Milliseconds from the first sound of somebody to the moment in which the listener's page says so. */
async function ring({ mouth, ear }: Pair): Promise<number[]> {
  const tone = Float32Array.from(
    { length: SAMPLE_RATE },
    (_, n) => 0.3 * Math.sin((2 * Math.PI * 300 * n) / SAMPLE_RATE),
  );
  const rings = (): Promise<Ring[]> => ear.evaluate(() => benchKit.rings);
  const tookMs: number[] = [];
  // Once before it counts: what sees the first sample has to be there first.
  await sayNow(mouth, tone);
  await wait(1_500);
  for (let n = 0; n < RINGS; n += 1) {
    // Silent for long enough that nobody is shown as speaking.
    await ear.waitForFunction(() => benchKit.rings.at(-1)?.speaking !== true);
    await wait(300 + 37 * n);
    const leftAtMs = await sayNow(mouth, tone);
    const until = Date.now() + RING_WITHIN_MS;
    let shown: Ring | undefined;
    while (!shown && Date.now() < until) {
      shown = (await rings()).find(({ speaking, at }) => speaking && at >= leftAtMs);
      await wait(50);
    }
    tookMs.push(shown ? shown.at - leftAtMs : RING_WITHIN_MS);
    await wait(1_200);
  }
  return tookMs;
}

async function readSpeech(): Promise<Float32Array> {
  const recordings = createRecordings();
  const parts: number[] = [];
  for (let n = 1; parts.length < SPEECH_SECONDS * SAMPLE_RATE; n += 1) {
    for (const sample of await recordings.get(`${SPEECH}${String(n).padStart(2, '0')}.ogg`)) parts.push(sample / 32768);
  }
  return Float32Array.from(parts.slice(0, SPEECH_SECONDS * SAMPLE_RATE));
}
