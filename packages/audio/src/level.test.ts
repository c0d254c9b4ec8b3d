import { expect, it } from 'vitest';
import { dbfs, findMarkers, markerBurst, rms } from './level.ts';

const sampleRate = 48_000;
const marker = markerBurst({ sampleRate });

it('measures level', () => {
  const sine = Float64Array.from({ length: sampleRate }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / sampleRate));
  expect(rms(sine)).toBeCloseTo(Math.SQRT1_2, 6);
  expect(dbfs(sine)).toBeCloseTo(-3.01, 2);
  expect(dbfs(new Float32Array(10))).toBe(Number.NEGATIVE_INFINITY);
  expect(rms(new Float32Array())).toBe(0);
});

it('finds markers to the sample, quiet ones and under noise', () => {
  const onsets = [0, 9_123, 30_000, 45_001];
  let state = 5;
  const samples = Float32Array.from({ length: sampleRate }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return 0.004 * (state / 2 ** 31 - 1);
  });
  for (const [n, onset] of onsets.entries()) {
    for (let i = 0; i < marker.length; i++) samples[onset + i] = (samples[onset + i] ?? 0) + (marker[i] ?? 0) / (n + 1);
  }
  expect(findMarkers({ samples, marker })).toEqual(onsets);
});

it('finds none in other sound, nor where there is less than one marker', () => {
  const hum = Float32Array.from({ length: sampleRate }, (_, n) => Math.sin((2 * Math.PI * 300 * n) / sampleRate));
  expect(findMarkers({ samples: hum, marker })).toEqual([]);
  expect(findMarkers({ samples: new Float32Array(sampleRate), marker })).toEqual([]);
  expect(findMarkers({ samples: marker.subarray(0, 100), marker })).toEqual([]);
});
