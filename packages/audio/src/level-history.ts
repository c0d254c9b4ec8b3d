import type { Samples } from './samples.ts';

/** How loud somebody was lately, frame by frame. */
export type LevelHistory = {
  push(frame: Samples, atMs: number): void;
  /** Mean square of the frame that began about then; 0 where there was none, or it is too long ago. */
  at(ms: number): number;
  /** When the newest frame began; -Infinity before the first. */
  newestMs(): number;
};

/** Keeps `keptMs` of the levels of frames that are `frameMs` long. */
export function createLevelHistory(options: { frameMs: number; keptMs: number }): LevelHistory {
  const { frameMs, keptMs } = options;
  const size = Math.ceil(keptMs / frameMs);
  const levels = new Float64Array(size);
  const places = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const placeOf = (ms: number) => Math.round(ms / frameMs);
  const index = (place: number) => ((place % size) + size) % size;
  let newest = Number.NEGATIVE_INFINITY;
  return {
    push(frame, atMs) {
      let sum = 0;
      for (let n = 0; n < frame.length; n++) sum += (frame[n] as number) ** 2;
      const place = placeOf(atMs);
      levels[index(place)] = frame.length === 0 ? 0 : sum / frame.length;
      places[index(place)] = place;
      newest = Math.max(newest, atMs);
    },
    at(ms) {
      const place = placeOf(ms);
      return places[index(place)] === place ? (levels[index(place)] as number) : 0;
    },
    newestMs: () => newest,
  };
}
