import { createChance } from './noises.ts';
import { SAMPLE_RATE } from './recordings.ts';

/** Reflections of a room after the direct sound. */
const REFLECTIONS = 40;
const ROOM_MS = 60;
const LOUDSPEAKER_POLE = 0.3;

/** What a microphone hears of this sound through a loudspeaker in a room: later, softer, duller, with reflections. */
export function throughRoom(options: {
  sound: Float64Array;
  delayMs: number;
  levelDb: number;
  seed?: number;
}): Float64Array {
  const { sound, delayMs, levelDb } = options;
  const chance = createChance(options.seed);
  let low = 0;
  const dull = sound.map((sample) => {
    low += LOUDSPEAKER_POLE * (sample - low);
    return low;
  });
  const output = new Float64Array(sound.length);
  const add = (afterMs: number, gain: number) => {
    const from = Math.round(((delayMs + afterMs) * SAMPLE_RATE) / 1_000);
    for (let n = from; n < output.length; n++) output[n] = (output[n] as number) + gain * (dull[n - from] as number);
  };
  const level = 10 ** (levelDb / 20);
  add(0, level);
  for (let k = 0; k < REFLECTIONS; k++) {
    const afterMs = 2 + ROOM_MS * Math.abs(chance());
    add(afterMs, 0.45 * level * chance() * Math.exp(-afterMs / 20));
  }
  return output;
}
