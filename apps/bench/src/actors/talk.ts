import { join } from 'node:path';
import { roomNoise } from './noises.ts';
import { createRecordings, SAMPLE_RATE } from './recordings.ts';

const RECORDINGS = join(import.meta.dirname, '../../demo/recordings');
const recordings = createRecordings({ keep: 20 });

/** What somebody says, over and over: recordings of the demo, the pause after each, and when they begin, in seconds. */
export type Lines = { says: readonly string[]; pause: number; from: number };

/** Four people who overlap often. */
export const FOUR_PEOPLE: readonly Lines[] = [
  { says: ['books/01', 'books/02', 'books/03'], pause: 6, from: 0 },
  { says: ['night/01', 'night/02', 'night/04'], pause: 7, from: 4 },
  { says: ['teams/01', 'teams/03', 'teams/02'], pause: 8, from: 9 },
  { says: ['voice/01', 'voice/03', 'pitch/01'], pause: 5, from: 2 },
];

export async function speech(options: Lines & { seconds: number }): Promise<Float64Array> {
  const sound = new Float64Array(options.seconds * SAMPLE_RATE);
  let at = options.from * SAMPLE_RATE;
  for (let n = 0; at < sound.length; n++) {
    const said = await recordings.get(join(RECORDINGS, `${options.says[n % options.says.length]}.ogg`));
    for (let i = 0; i < said.length && at + i < sound.length; i++) sound[at + i] = (said[i] ?? 0) / 32_768;
    at += said.length + options.pause * SAMPLE_RATE;
  }
  return sound;
}

export const plus = (...sounds: Float64Array[]): Float64Array =>
  Float64Array.from(sounds[0] ?? [], (_, n) => sounds.reduce((sum, sound) => sum + (sound[n] ?? 0), 0));

/** Each in a quiet room of its own. */
export const noisy = (sounds: readonly Float64Array[]): Float64Array[] =>
  sounds.map((sound, n) => plus(sound, roomNoise({ seconds: sound.length / SAMPLE_RATE, rms: 0.002, seed: n + 11 })));

/** As a microphone sends it. */
export const toSamples = (sound: Float64Array): Int16Array =>
  Int16Array.from(sound, (sample) => Math.round(32_767 * Math.max(-1, Math.min(1, sample))));
