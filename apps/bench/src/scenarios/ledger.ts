import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ledger } from '@salotto/contract';
import { mixerOf, residentMb } from '../actors/mixer-process.ts';
import { rmsOf, roomNoise, typing } from '../actors/noises.ts';
import { seatPanel } from '../actors/panel.ts';
import { createRecordings, SAMPLE_RATE } from '../actors/recordings.ts';
import { type BenchServer, cpuSecondsOf, startServerProcess } from '../actors/server-process.ts';
import { lengthOf, spokenIn } from '../actors/spoken.ts';
import { toSamples } from '../actors/talk.ts';
import { aimed, figure, type Row } from '../report/report.ts';

const SECONDS = 40;
const RECORDINGS = join(import.meta.dirname, '../../demo/recordings');
/** When which talker begins which recording: replies come into the end of what they reply to. */
const SCRIPT: { talker: 0 | 1 | 2; atSeconds: number; recording: string }[] = [
  { talker: 0, atSeconds: 1, recording: 'books/01.ogg' },
  { talker: 1, atSeconds: 6, recording: 'night/01.ogg' },
  { talker: 2, atSeconds: 9.5, recording: 'teams/01.ogg' },
  { talker: 0, atSeconds: 13, recording: 'books/07.ogg' },
  { talker: 1, atSeconds: 18, recording: 'night/07.ogg' },
  { talker: 2, atSeconds: 19, recording: 'teams/07.ogg' },
  { talker: 0, atSeconds: 24, recording: 'voice/01.ogg' },
  { talker: 1, atSeconds: 27, recording: 'tavola/01.ogg' },
  { talker: 2, atSeconds: 31, recording: 'voice/07.ogg' },
];
const NOISE_DB = 20;
const REST_MS = 6_000;
const KILLED_AFTER_MS = 12_000;

/** What the ledger counts, against what was said: over the noise of a room, and in microphones where nobody speaks. */
export async function ledger(say: (line: string) => void): Promise<Row[]> {
  say('Starting the server…');
  const server = await startServerProcess({ mixers: 1 });
  const closing: (() => unknown)[] = [];
  try {
    const said = await talk();
    const measured = await measure({ server, closing, say, sounds: said.sounds });
    const errors = said.spokenMs.map((spokenMs, n) => percentOff(measured.counted[n] ?? 0, spokenMs));
    const all = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    const counted = measured.counted.slice(0, 3);
    const restPercent = await atRest(server.pid);
    say('And again, with a mixer that is killed…');
    const killed = await measure({ server, closing, say, sounds: said.sounds, kill: true });
    return [
      figure('three talkers: said', all(said.spokenMs) / 1_000, 's'),
      figure('three talkers: counted', all(counted) / 1_000, 's'),
      aimed('three talkers: error in all', Math.abs(percentOff(all(counted), all(said.spokenMs))), '%', { atMost: 5 }),
      ...errors.map((error, n) => aimed(`talker ${n + 1}: error`, Math.abs(error), '%', { atMost: 5 })),
      aimed('noise of a room alone: counted', (measured.counted[3] ?? Number.NaN) / 1_000, 's', { atMost: 0 }),
      aimed('typing alone: counted', (measured.counted[4] ?? Number.NaN) / 1_000, 's', { atMost: 0 }),
      figure('mixer: processor, one room of five microphones', measured.cpuPercent, '% of one'),
      figure('mixer: memory', measured.memoryMb, 'MB'),
      figure('mixer: processor, no microphone anywhere', restPercent, '% of one'),
      figure('mixer killed: counted', all(killed.counted.slice(0, 3)) / 1_000, 's'),
      aimed(
        'mixer killed: counted beyond what was said',
        Math.max(0, all(killed.counted.slice(0, 3)) / all(said.spokenMs) - 1) * 100,
        '%',
        { atMost: 5 },
      ),
      aimed('mixer killed: until another counts', killed.pauseSeconds, 's', { atMost: 15 }),
    ];
  } finally {
    for (const close of closing.reverse()) await close();
    await server.stop();
  }
}

const percentOff = (value: number, wanted: number) => (value / wanted - 1) * 100;

/** What each of five microphones sends, and what is said in the first three. */
async function talk(): Promise<{ sounds: Int16Array[]; spokenMs: number[] }> {
  const recordings = createRecordings({ keep: SCRIPT.length });
  const clean = [0, 1, 2].map(() => new Float64Array(SECONDS * SAMPLE_RATE));
  for (const { talker, atSeconds, recording } of SCRIPT) {
    const samples = await recordings.get(join(RECORDINGS, recording));
    const sound = clean[talker] as Float64Array;
    const from = Math.round(atSeconds * SAMPLE_RATE);
    for (const [n, sample] of samples.entries()) if (from + n < sound.length) sound[from + n] = sample / 32_768;
  }
  const noisy = clean.map((sound, n) => {
    const speech = rmsOf(sound.filter((sample) => sample !== 0));
    const noise = roomNoise({ seconds: SECONDS, rms: speech * 10 ** (-NOISE_DB / 20), seed: n + 1 });
    return sound.map((sample, at) => sample + (noise[at] ?? 0));
  });
  const alone = [roomNoise({ seconds: SECONDS, rms: 0.02, seed: 9 }), typing({ seconds: SECONDS })];
  return {
    sounds: [...noisy, ...alone].map(toSamples),
    spokenMs: clean.map((sound) => lengthOf(spokenIn(sound))),
  };
}

type Measured = { counted: number[]; cpuPercent: number; memoryMb: number; pauseSeconds: number };

/** Lets everybody on stage send their sound, in a room of their own, and reads what was counted of each. */
async function measure(options: {
  server: BenchServer;
  closing: (() => unknown)[];
  say: (line: string) => void;
  sounds: Int16Array[];
  kill?: boolean;
}): Promise<Measured> {
  const { server, closing, say, sounds, kill = false } = options;
  const panel = await seatPanel({ server, size: sounds.length });
  closing.push(panel.close);
  // A mixer looks every two seconds.
  await wait(5_000);
  const read = panel.ledger;
  say(`Five microphones for ${SECONDS} s…`);
  const pid = mixerOf(server.pid);
  const [cpu, began] = [cpuSecondsOf(pid), performance.now()];
  const over = new AbortController();
  const playing = Promise.all(panel.people.map(({ speaker }, n) => speaker.play(sounds[n] as Int16Array, over.signal)));
  const pause = kill ? await killMixer({ pid, read }) : 0;
  await playing;
  const cpuPercent = ((cpuSecondsOf(pid) - cpu) / ((performance.now() - began) / 1_000)) * 100;
  const memoryMb = residentMb(pid);
  const { people: heard } = await settled(read);
  const byId = new Map(heard.map(({ person, spokenMs }) => [person.id as string, spokenMs]));
  await panel.end();
  return {
    counted: panel.people.map(({ accountId }) => byId.get(accountId) ?? 0),
    cpuPercent,
    memoryMb,
    pauseSeconds: pause,
  };
}

/** Ends the mixer as a crash does, in the middle of a sentence. Gives how long nothing was counted, in seconds. */
async function killMixer({ pid, read }: { pid: number; read: () => Promise<Ledger> }): Promise<number> {
  await wait(KILLED_AFTER_MS);
  process.kill(pid, 'SIGKILL');
  const killed = performance.now();
  const { totalMs } = await read();
  for (;;) {
    const now = await read();
    const passed = (performance.now() - killed) / 1_000;
    if (now.totalMs > totalMs || passed > SECONDS) return passed;
    await wait(200);
  }
}

/** What a mixer uses, in % of one processor, when its room is over. */
async function atRest(serverPid: number): Promise<number> {
  const pid = mixerOf(serverPid);
  const [cpu, began] = [cpuSecondsOf(pid), performance.now()];
  await wait(REST_MS);
  return ((cpuSecondsOf(pid) - cpu) / ((performance.now() - began) / 1_000)) * 100;
}

/** Nothing is added any more. */
async function settled(read: () => Promise<Ledger>): Promise<Ledger> {
  for (let before = await read(); ; ) {
    await wait(2_500);
    const now = await read();
    if (now.totalMs === before.totalMs) return now;
    before = now;
  }
}
