/** How one's own sound arrives: `broken` by the network, the others by the microphone. */
export type SoundState = 'ok' | 'clipping' | 'silent' | 'broken';

/** Samples are floats from -1 to 1. This loud they have met the end of the scale. */
const FULL_SCALE = 0.99;
/** As many in a row are no single peak. */
const CLIPPED_RUN = 3;
const CLIPPING_WINDOW_MS = 5_000;
const CLIPPING_BLOCKS = 5;
/** Quieter than -60 dB of full scale is nothing but the microphone's own noise. */
const NOISE_FLOOR = 0.001;
/** Until the first word: then the wrong device is likely. Whoever has spoken may well listen for a while. */
const SILENT_AT_FIRST_MS = 15_000;
const SILENT_MS = 60_000;
/** Shares of lost packets, as the other side reports them. */
const BROKEN_LOSS = 0.15;
const MENDED_LOSS = 0.05;
const BROKEN_MS = 5_000;

export type Block = { peak: number; clipped: boolean };

/** One block of samples, as it is judged. */
export function measureBlock(samples: ArrayLike<number>): Block {
  let peak = 0;
  let run = 0;
  let clipped = false;
  for (let at = 0; at < samples.length; at++) {
    const level = Math.abs(samples[at] ?? 0);
    if (level > peak) peak = level;
    run = level >= FULL_SCALE ? run + 1 : 0;
    if (run >= CLIPPED_RUN) clipped = true;
  }
  return { peak, clipped };
}

/** Judges one's own sound while it is live, from blocks of it and from what the network says. */
export function createSoundJudge(startMs: number) {
  let clippedAtMs: number[] = [];
  let heardMs = startMs;
  let lossSinceMs: number | null = null;
  let lossMs = startMs;
  let broken = false;
  let heard = false;

  return {
    hear({ peak, clipped }: Block, nowMs: number) {
      if (peak > NOISE_FLOOR) {
        heardMs = nowMs;
        heard = true;
      }
      if (clipped) clippedAtMs.push(nowMs);
    },
    /** `share` of the packets that were lost lately, 0 to 1. */
    lost(share: number, nowMs: number) {
      lossMs = nowMs;
      if (share >= BROKEN_LOSS) lossSinceMs ??= nowMs;
      else if (share < MENDED_LOSS) {
        lossSinceMs = null;
        broken = false;
      }
    },
    state(nowMs: number): SoundState {
      clippedAtMs = clippedAtMs.filter((atMs) => nowMs - atMs < CLIPPING_WINDOW_MS);
      if (lossSinceMs !== null && lossMs - lossSinceMs >= BROKEN_MS) broken = true;
      if (broken) return 'broken';
      if (clippedAtMs.length >= CLIPPING_BLOCKS) return 'clipping';
      return nowMs - heardMs >= (heard ? SILENT_MS : SILENT_AT_FIRST_MS) ? 'silent' : 'ok';
    },
  };
}
