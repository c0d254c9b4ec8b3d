import { expect, it } from 'vitest';
import { createFft, powerOfTwo } from './fft.ts';

it('puts a cosine into its two bins and comes back', () => {
  const fft = createFft(64);
  const wave = Float64Array.from({ length: 64 }, (_, n) => Math.cos((2 * Math.PI * 5 * n) / 64 + 0.4));
  const real = wave.slice();
  const imaginary = new Float64Array(64);
  fft.forward(real, imaginary);
  expect(real[5]).toBeCloseTo(32 * Math.cos(0.4), 9);
  expect(imaginary[5]).toBeCloseTo(32 * Math.sin(0.4), 9);
  expect(real[59]).toBeCloseTo(32 * Math.cos(0.4), 9);
  expect(Math.hypot(real[6] ?? 1, imaginary[6] ?? 1)).toBeLessThan(1e-9);
  fft.inverse(real, imaginary);
  for (const [n, sample] of real.entries()) expect(sample).toBeCloseTo(wave[n] ?? 9, 12);
});

it('takes powers of two only', () => {
  expect(() => createFft(48)).toThrow(RangeError);
  expect([1, 2, 3, 1000, 1024].map(powerOfTwo)).toEqual([2, 2, 4, 1024, 1024]);
});
