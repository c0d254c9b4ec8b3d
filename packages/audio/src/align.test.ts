import { expect, it } from 'vitest';
import { compareSpeech, cut, findDelay } from './align.ts';

function noise(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Noise in syllables: something that STOI takes for speech. */
const speech = noise(60_000, 1).map((sample, n) => 0.3 * sample * Math.max(0, Math.sin(n / 700)) ** 2);

it.each([0, 1, 4321, -777])('finds a delay of %i samples under noise', (delay) => {
  const hiss = noise(90_000, 2);
  const recording = cut(speech, -delay, 90_000).map((sample, n) => 0.2 * sample + 0.02 * (hiss[n] ?? 0));
  const found = findDelay({ recording, original: speech });
  expect(found.delay).toBe(delay);
  expect(found.likeness).toBeGreaterThan(0.75);
});

it('says how little an unrelated recording is like it', () => {
  expect(findDelay({ recording: noise(60_000, 9), original: speech }).likeness).toBeLessThan(0.1);
  expect(() => findDelay({ recording: new Float64Array(), original: speech })).toThrow(RangeError);
});

it('stays within the bounds it is given', () => {
  const recording = cut(speech, -5000, 90_000);
  const found = findDelay({ recording, original: speech, within: { from: 0, to: 4000 } });
  expect(found.delay).toBeLessThanOrEqual(4000);
});

it('aligns each window by itself, so that a jump in time spoils one of them only', () => {
  const recording = new Float64Array(100_000);
  recording.set(speech.subarray(0, 30_000), 8000);
  recording.set(speech.subarray(30_000), 8000 + 30_000 + 900);
  const { best, windows } = compareSpeech({ recording, original: speech, sampleRate: 10_000 });
  expect(windows.map((window) => window.startSeconds)).toEqual([0, 2, 4]);
  expect(windows[0]?.delaySeconds).toBeCloseTo(0.8, 6);
  expect(windows[2]?.delaySeconds).toBeCloseTo(0.89, 6);
  expect(windows[0]?.stoi).toBeGreaterThan(0.99);
  expect(windows[1]?.stoi).toBeLessThan(0.9);
  expect(windows[2]?.stoi).toBeGreaterThan(0.99);
  expect(best).toBe(Math.max(...windows.map((window) => window.stoi)));
});
