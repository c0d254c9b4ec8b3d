import { describe, expect, it } from 'vitest';
import fixtures from '../testing/stoi-fixtures.json' with { type: 'json' };
import { stoi } from './stoi.ts';

/** These three are the formulas of `testing/make-stoi-fixtures.py`. */
function noise(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function voice(rate: number, seconds: number): Float64Array {
  let phase = 0;
  return Float64Array.from({ length: Math.floor(rate * seconds) }, (_, n) => {
    const t = n / rate;
    phase += (2 * Math.PI * (120 + 30 * Math.sin(2 * Math.PI * 0.7 * t))) / rate;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.3 * t)) ** 2;
    const word = t % 1.2 < 0.9 ? 1 : 0;
    let sound = 0;
    for (let h = 1; h < 25; h++)
      sound += (Math.sin(h * phase) * (1 + Math.cos(2 * Math.PI * (0.9 + 0.13 * h) * t))) / h;
    return 0.1 * syllable * word * sound;
  });
}

function degrade(clean: Float64Array, how: string, amount: number): Float64Array {
  if (how === 'noise') {
    const added = noise(clean.length, 7);
    return clean.map((sample, n) => sample + amount * (added[n] ?? 0));
  }
  if (how === 'clip') return clean.map((sample) => Math.max(-amount, Math.min(amount, sample)));
  if (how === 'dropouts') return clean.map((sample, n) => (n % 2000 < amount ? 0 : sample));
  return clean.map((_, n) => {
    const window = clean.subarray(Math.max(0, n - amount), n + 1);
    return window.reduce((sum, sample) => sum + sample, 0) / window.length;
  });
}

describe(`stoi against ${fixtures.reference}`, () => {
  it.each(fixtures.cases)('$how $amount at $sampleRate Hz', ({ sampleRate, seconds, how, amount, stoi: expected }) => {
    const clean = voice(sampleRate, seconds);
    const value = stoi({ clean, degraded: degrade(clean, how, amount), sampleRate });
    expect(Math.abs(value - expected)).toBeLessThan(sampleRate === 10_000 ? 1e-6 : 1e-4);
  });

  it('gives 1 for the same speech at another level', () => {
    const clean = voice(10_000, 2);
    expect(stoi({ clean, degraded: clean.map((sample) => sample * 0.1), sampleRate: 10_000 })).toBeCloseTo(1, 6);
  });

  it('gives little for noise alone, and refuses another length', () => {
    const clean = voice(10_000, 2);
    expect(stoi({ clean, degraded: noise(clean.length, 3), sampleRate: 10_000 })).toBeLessThan(0.5);
    expect(() => stoi({ clean, degraded: clean.subarray(1), sampleRate: 10_000 })).toThrow(RangeError);
  });
});
