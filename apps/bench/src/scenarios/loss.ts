import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compareSpeech } from '@salotto/audio';
import { openWiredPair, startWiredServer, type WiredServer } from '@salotto/server/testing';
import { BENCH_KIT, findChromium, hear, launchChromium, say as speak } from '../actors/pages.ts';
import { createRecordings, SAMPLE_RATE } from '../actors/recordings.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const LOSSES = [0, 1, 5, 15];
const SPEECH = fileURLToPath(new URL('../../demo/recordings/books/', import.meta.url));
const SPEECH_SECONDS = 12;
const TARGET_STOI = 0.85;
const VOICE = '[data-room-audio] audio';
const RECEIVED = fileURLToPath(new URL('../actors/received.js', import.meta.url));
const WITHOUT_RED = fileURLToPath(new URL('../actors/without-red.js', import.meta.url));

declare global {
  function soundReceived(): Promise<{ codec: string; arrived: number; lost: number; again: number; bytes: number }>;
}

/** What is understood of a speech where the listener's machine loses packets, with RED (as rooms send) and without. */
export async function loss(say: (line: string) => void): Promise<Row[]> {
  const server = await startWiredServer({ clients: 2 });
  if (!server) {
    say('skipped: loss needs root, iproute2, nftables and network namespaces');
    return [];
  }
  try {
    const withRed = await measure({ server, red: true, say });
    const without = await measure({ server, red: false, say });
    return LOSSES.flatMap((percent, n) => [
      percent <= 5
        ? aimed(`${percent} % lost, with RED (STOI)`, withRed[n] ?? Number.NaN, '', { atLeast: TARGET_STOI })
        : figure(`${percent} % lost, with RED (STOI)`, withRed[n] ?? Number.NaN, ''),
      figure(`${percent} % lost, without RED (STOI)`, without[n] ?? Number.NaN, ''),
    ]);
  } finally {
    await server.stop();
  }
}

async function measure(options: { server: WiredServer; red: boolean; say(line: string): void }): Promise<number[]> {
  const { server, red, say } = options;
  const scripts = [BENCH_KIT, RECEIVED, ...(red ? [] : [WITHOUT_RED])];
  const pair = await openWiredPair({ server, chromium: findChromium(), launch: launchChromium, scripts });
  const ear = server.clients[1];
  try {
    const speech = await readSpeech();
    const understood: number[] = [];
    await wait(3_000);
    for (const percent of LOSSES) {
      await ear?.loseUdp(percent);
      const before = await pair.listener.evaluate(() => soundReceived());
      const { heard } = await hear({ page: pair.listener, voice: VOICE }, async () => {
        await speak(pair.speaker, speech);
        await wait((1_000 * speech.length) / SAMPLE_RATE + 800);
      });
      const { best } = compareSpeech({ recording: heard.samples, original: speech, sampleRate: SAMPLE_RATE });
      understood.push(best);
      const after = await pair.listener.evaluate(() => soundReceived());
      // What was asked for and what happened are two things: RED shows in the bytes of a packet only.
      const [lost, arrived, again] = [
        after.lost - before.lost,
        after.arrived - before.arrived,
        after.again - before.again,
      ];
      say(
        `${percent} % asked for, ${lost} of ${lost + arrived} lost, ${again} sent again, ${after.codec} of ${Math.round((after.bytes - before.bytes) / arrived)} bytes: STOI ${best.toFixed(3)}`,
      );
    }
    return understood;
  } finally {
    await ear?.loseUdp(0);
    await pair.close();
  }
}

async function readSpeech(): Promise<Float32Array> {
  const recordings = createRecordings();
  const parts: number[] = [];
  for (let n = 1; parts.length < SPEECH_SECONDS * SAMPLE_RATE; n += 1) {
    for (const sample of await recordings.get(`${SPEECH}${String(n).padStart(2, '0')}.ogg`)) parts.push(sample / 32768);
  }
  return Float32Array.from(parts.slice(0, SPEECH_SECONDS * SAMPLE_RATE));
}
