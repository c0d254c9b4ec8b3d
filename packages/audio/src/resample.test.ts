import { expect, it } from 'vitest';
import { rms } from './level.ts';
import { resample } from './resample.ts';

const tone = (hz: number, rate: number, seconds = 0.5) =>
  Float64Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rate));

it.each([
  [48_000, 10_000],
  [16_000, 48_000],
  [44_100, 48_000],
])('keeps a tone in place from %i to %i Hz', (from, to) => {
  const output = resample(tone(1000, from), { from, to });
  const expected = tone(1000, to);
  expect(output.length).toBe(expected.length);
  // The ends see the silence around the signal.
  const error = output.subarray(200, -200).map((sample, n) => sample - (expected[n + 200] ?? 9));
  expect(rms(error)).toBeLessThan(2e-3);
});

it('removes what the new rate can’t carry', () => {
  const output = resample(tone(6500, 48_000), { from: 48_000, to: 10_000 });
  expect(rms(output.subarray(200, -200))).toBeLessThan(2e-3);
});

it('copies at the same rate', () => {
  const input = tone(440, 8000);
  const output = resample(input, { from: 8000, to: 8000 });
  expect(output).toEqual(input);
  expect(output).not.toBe(input);
});
