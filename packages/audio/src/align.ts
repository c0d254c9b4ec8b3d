import { createFft, powerOfTwo } from './fft.ts';
import type { Samples } from './samples.ts';
import { stoi } from './stoi.ts';

export type Delay = {
  /** In samples: `recording[delay + n]` is `original[n]`. Negative when the recording began late. */
  delay: number;
  /** How alike both are at that delay, 0 to 1. Negative correlation (turned polarity) counts as alike. */
  likeness: number;
};

/**
 * Finds where `original` is in `recording` by cross-correlation. `within` bounds the delays that are looked at, in
 * samples, both ends included. Throws a RangeError on empty input.
 */
export function findDelay(options: {
  recording: Samples;
  original: Samples;
  within?: { from: number; to: number };
}): Delay {
  const { recording, original } = options;
  if (recording.length === 0 || original.length === 0) throw new RangeError('There is no sound to align');
  const correlation = crossCorrelate(recording, original);
  const from = Math.max(1 - original.length, options.within?.from ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(recording.length - 1, options.within?.to ?? Number.POSITIVE_INFINITY);
  let delay = 0;
  let best = -1;
  for (let lag = from; lag <= to; lag++) {
    const value = Math.abs(correlation[lag < 0 ? lag + correlation.length : lag] as number);
    if (value > best) {
      best = value;
      delay = lag;
    }
  }
  const overlap = cut(recording, delay, original.length);
  const energy = Math.sqrt(energyOf(overlap) * energyOf(original));
  return { delay, likeness: energy === 0 ? 0 : best / energy };
}

export type ComparedWindow = { startSeconds: number; delaySeconds: number; likeness: number; stoi: number };

/**
 * How well a recording carries the original speech, window by window. Each window is aligned by itself, at most
 * `driftSeconds` (0.5) from where the whole was found, so that a jitter buffer that stretches time in one window does
 * not spoil the others. `best` is the STOI of the best window.
 */
export function compareSpeech(options: {
  recording: Samples;
  original: Samples;
  sampleRate: number;
  windows?: number;
  driftSeconds?: number;
}): { best: number; windows: ComparedWindow[] } {
  const { recording, original, sampleRate, windows = 3, driftSeconds = 0.5 } = options;
  const whole = findDelay({ recording, original });
  const length = Math.floor(original.length / windows);
  const drift = Math.round(driftSeconds * sampleRate);
  const compared = Array.from({ length: windows }, (_, n): ComparedWindow => {
    const start = n * length;
    const clean = original.subarray(start, start + length);
    // A little of the neighbours, so that the search never runs into silence.
    const searched = cut(recording, whole.delay + start - drift, length + 2 * drift);
    const found = findDelay({ recording: searched, original: clean, within: { from: 0, to: 2 * drift } });
    return {
      startSeconds: start / sampleRate,
      delaySeconds: (whole.delay - drift + found.delay) / sampleRate,
      likeness: found.likeness,
      stoi: stoi({ clean, degraded: cut(searched, found.delay, length), sampleRate }),
    };
  });
  return { best: Math.max(...compared.map((window) => window.stoi)), windows: compared };
}

/** `length` samples from `start`; what lies outside is silence. */
export function cut(samples: Samples, start: number, length: number): Float64Array {
  const output = new Float64Array(length);
  const from = Math.max(0, start);
  const to = Math.min(samples.length, start + length);
  if (to > from) output.set(samples.subarray(from, to), from - start);
  return output;
}

/**
 * Correlation of `recording` with `original` at every lag; negative lags are at the end of the result, counted from its
 * length.
 */
export function crossCorrelate(recording: Samples, original: Samples): Float64Array {
  const fft = createFft(powerOfTwo(recording.length + original.length));
  const aRe = new Float64Array(fft.size);
  const aIm = new Float64Array(fft.size);
  const bRe = new Float64Array(fft.size);
  const bIm = new Float64Array(fft.size);
  aRe.set(recording);
  bRe.set(original);
  fft.forward(aRe, aIm);
  fft.forward(bRe, bIm);
  for (let i = 0; i < fft.size; i++) {
    const a = aRe[i] as number;
    const b = aIm[i] as number;
    const c = bRe[i] as number;
    const d = bIm[i] as number;
    aRe[i] = a * c + b * d;
    aIm[i] = b * c - a * d;
  }
  fft.inverse(aRe, aIm);
  return aRe;
}

function energyOf(samples: Samples): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) ** 2;
  return sum;
}
