import { expect, it } from 'vitest';
import { createVoiceDetector, type Span, VOICE_FRAME_SAMPLES } from './voice.ts';

const RATE = 48_000;
const seconds = (length: number, sample: (n: number) => number) =>
  Float64Array.from({ length: length * RATE }, (_, n) => sample(n));

let state = 3;
const noise = () => {
  state = (Math.imul(1664525, state) + 1013904223) >>> 0;
  return state / 2 ** 31 - 1;
};

/** A buzz of ten harmonics that glides as a voice does. */
const vowel = (hz: number) => (n: number) => {
  const phase = (2 * Math.PI * hz * n) / RATE + 2 * Math.sin((2 * Math.PI * n) / RATE);
  let sum = 0;
  for (let k = 1; k <= 10; k++) sum += Math.sin(k * phase) / k;
  return 0.1 * sum;
};

function heard(sound: Float64Array, at: (n: number) => number = (n) => n * 20): Span[] {
  const detector = createVoiceDetector();
  const spans: (Span | null)[] = [];
  for (let n = 0; (n + 1) * VOICE_FRAME_SAMPLES <= sound.length; n++) {
    spans.push(detector.push(sound.subarray(n * VOICE_FRAME_SAMPLES, (n + 1) * VOICE_FRAME_SAMPLES), at(n)));
  }
  return [...spans, detector.end()].filter((span) => span !== null);
}

const between = (from: number, to: number, sample: (n: number) => number) => (n: number) =>
  n >= from * RATE && n < to * RATE ? sample(n) : 0;

it.each([85, 120, 210, 320])('hears a voice of %i Hz from its beginning to its end', (hz) => {
  const [span, ...more] = heard(seconds(4, (n) => between(1, 2.5, vowel(hz))(n) + 0.002 * noise()));
  expect(more).toEqual([]);
  expect(Math.abs((span?.from ?? 0) - 1_000)).toBeLessThanOrEqual(60);
  expect(Math.abs((span?.to ?? 0) - 2_500)).toBeLessThanOrEqual(100);
});

it('bridges a short pause and not a long one', () => {
  const words = (pause: number) => (n: number) => between(1, 2, vowel(130))(n) + between(2 + pause, 4, vowel(130))(n);
  expect(heard(seconds(5, words(0.2)))).toHaveLength(1);
  expect(heard(seconds(5, words(0.6)))).toHaveLength(2);
});

it('hears nothing in silence, noise, a steady hum, or knocks', () => {
  const knock = (n: number) => Math.exp(-(n % 7_000) / 700) * Math.sin((2 * Math.PI * 240 * n) / RATE);
  expect(heard(seconds(5, () => 0))).toEqual([]);
  expect(heard(seconds(5, () => 0.2 * noise()))).toEqual([]);
  expect(heard(seconds(5, (n) => 0.2 * Math.sin((2 * Math.PI * 150 * n) / RATE) + 0.01 * noise()))).toEqual([]);
  expect(heard(seconds(5, (n) => 0.4 * knock(n) + 0.002 * noise()))).toEqual([]);
});

it('takes frames that are missing for a pause', () => {
  const spans = heard(seconds(3, between(1, 3, vowel(130))), (n) => n * 20 + (n < 100 ? 0 : 5_000));
  expect(spans.map(({ from, to }) => [Math.round(from / 1_000), Math.round(to / 1_000)])).toEqual([
    [1, 2],
    [7, 8],
  ]);
});

it('tells what goes on before it is over', () => {
  const detector = createVoiceDetector();
  const sound = seconds(2, between(1, 2, vowel(130)));
  for (let n = 0; n < 100; n++) detector.push(sound.subarray(n * 960, (n + 1) * 960), n * 20);
  expect(detector.open()).toMatchObject({ to: 2_000 });
  expect(detector.end()).toMatchObject({ to: 2_000 });
  expect(detector.open()).toBeNull();
});
