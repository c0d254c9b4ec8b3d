import { SAMPLE_RATE } from './recordings.ts';

/** Numbers from -1 to 1 that look like chance and are the same in every run. */
export function createChance(seed = 7): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** A room with its ventilation: noise that falls with the frequency, and a hum, at this RMS level (0 to 1). */
export function roomNoise(options: { seconds: number; rms: number; seed?: number }): Float64Array {
  const chance = createChance(options.seed);
  let low = 0;
  const noise = Float64Array.from({ length: Math.round(options.seconds * SAMPLE_RATE) }, (_, n) => {
    low = 0.9 * low + 0.1 * chance();
    return low + 0.05 * chance() + 0.05 * Math.sin((2 * Math.PI * 100 * n) / SAMPLE_RATE);
  });
  const gain = options.rms / rmsOf(noise);
  return noise.map((sample) => sample * gain);
}

/** Somebody who types fast at a table: each key a click, the tone of the keyboard and the knock of the table. */
export function typing(options: { seconds: number; seed?: number }): Float64Array {
  const chance = createChance(options.seed);
  const sound = new Float64Array(Math.round(options.seconds * SAMPLE_RATE));
  const apart = () => Math.round(SAMPLE_RATE * (0.06 + 0.12 * Math.abs(chance())));
  for (let at = 0; at < sound.length; at += apart()) {
    const [keyHz, tableHz] = [1_200 + 2_500 * Math.abs(chance()), 180 + 250 * Math.abs(chance())];
    const loud = 0.15 + 0.2 * Math.abs(chance());
    for (let n = 0; n < 4_800 && at + n < sound.length; n += 1) {
      const turns = (2 * Math.PI * n) / SAMPLE_RATE;
      const click = Math.exp(-n / 150) * chance();
      const key = 0.5 * Math.exp(-n / 240) * Math.sin(keyHz * turns);
      const table = 0.6 * Math.exp(-n / 700) * Math.sin(tableHz * turns);
      sound[at + n] = (sound[at + n] ?? 0) + loud * (click + key + table);
    }
  }
  return sound;
}

export function rmsOf(sound: Float64Array): number {
  let sum = 0;
  for (const sample of sound) sum += sample * sample;
  return Math.sqrt(sum / sound.length);
}
