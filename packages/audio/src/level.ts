import { crossCorrelate } from './align.ts';
import type { Samples } from './samples.ts';

/** Root mean square, 0 to 1; 0 for no samples. */
export function rms(samples: Samples): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) ** 2;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** RMS level in dB of full scale (a full-scale square wave is 0 dB); -Infinity for silence. */
export function dbfs(samples: Samples): number {
  return 20 * Math.log10(rms(samples));
}

/**
 * A marker burst: a short rising tone (600 to 3,400 Hz under a Hann window) that survives a speech codec and correlates
 * with itself at one instant alone.
 */
export function markerBurst(options: { sampleRate: number; seconds?: number; peak?: number }): Float32Array {
  const { sampleRate, seconds = 0.04, peak = 0.5 } = options;
  const length = Math.round(sampleRate * seconds);
  return Float32Array.from({ length }, (_, n) => {
    const t = n / sampleRate;
    const phase = 2 * Math.PI * (600 * t + ((3400 - 600) / (2 * seconds)) * t * t);
    return peak * Math.sin(phase) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / (length - 1)));
  });
}

/**
 * Onsets of `marker` in `samples`, as indexes of its first sample, in order. A place counts when it is at least
 * `likeness` (0.6) like the marker whatever its level, louder than -60 dBFS; of places closer than one marker the best.
 */
export function findMarkers(options: { samples: Samples; marker: Samples; likeness?: number }): number[] {
  const { samples, marker, likeness = 0.6 } = options;
  const correlation = crossCorrelate(samples, marker);
  const markerNorm = rms(marker) * Math.sqrt(marker.length);
  const quietest = 1e-3 * Math.sqrt(marker.length);
  const found: { at: number; score: number }[] = [];
  let energy = 0;
  for (let i = 0; i < Math.min(marker.length, samples.length); i++) energy += (samples[i] as number) ** 2;
  for (let at = 0; at + marker.length <= samples.length; at++) {
    const norm = Math.sqrt(Math.max(0, energy));
    const score = norm > quietest ? Math.abs(correlation[at] as number) / (norm * markerNorm) : 0;
    const last = found.at(-1);
    if (score >= likeness) {
      if (!last || at - last.at >= marker.length) found.push({ at, score });
      else if (score > last.score) found[found.length - 1] = { at, score };
    }
    energy += ((samples[at + marker.length] as number | undefined) ?? 0) ** 2 - (samples[at] as number) ** 2;
  }
  return found.map((place) => place.at);
}
