import { createNoiseFloor } from './noise-floor.ts';
import { findPitch } from './pitch.ts';
import type { Samples } from './samples.ts';
import { BAND_RATE, createSpeechBand } from './speech-band.ts';

/** What is decided at once. */
export const VOICE_FRAME_MS = 20;
/** 48 kHz, one channel. */
export const VOICE_FRAME_SAMPLES = 960;

/** Speech from here to there, in the caller's milliseconds. */
export type Span = { from: number; to: number };

/** 69 to 444 Hz: from the lowest men to shouting children. */
const LAGS = { from: 18, to: 116 };
const WINDOW = Math.round(BAND_RATE * 0.04);
const VOICED = 0.55;
/** Above what is there all the time. */
const LOUD_DB = 7;
const AUDIBLE_DB = 4;
const QUIETEST_DB = -58;
/** A syllable: so many voiced frames of the last, at a pitch that glides and does not jump. */
const SYLLABLE = { voiced: 4, of: 5 };
const GLIDE = 0.22;
/** A knock dies away by more than this from one frame to the next. */
const SWELL_DB = 7;
/** So many voiced frames keep a span open. */
const GOING_ON = 3;
/** Consonants before the first vowel, and after the last one. */
const LEAD_MS = 140;
const TAIL_MS = 200;
/** A shorter pause ends nothing. */
const PAUSE_MS = 300;
/** Whispered or creaking in between still is speech, when a voice follows within this. */
const STRETCH_MS = 900;

export type VoiceDetector = {
  /**
   * One frame of 20 ms at 48 kHz that began at `atMs`. Gives a span that is over by now, or null. Frames that are missing
   * are a pause.
   */
  push(frame: Samples, atMs: number): Span | null;
  /** The span that goes on, as far as it is known. */
  open(): Span | null;
  /** Nothing more comes: gives the span that was open. */
  end(): Span | null;
};

/**
 * Hears when somebody speaks. Speech is voiced: it repeats itself at the pitch of a voice, for the length of a syllable,
 * above the noise of the room. Neither a steady hum (it is its own floor) nor noise (it repeats nothing) nor a keyboard
 * (too short) is that. Consonants count where a vowel is near; pauses under 300 ms do not end a span.
 */
export function createVoiceDetector(): VoiceDetector {
  const band = createSpeechBand();
  const floor = createNoiseFloor({ frameMs: VOICE_FRAME_MS });
  const window = new Float64Array(WINDOW);
  let frames: Heard[] = [];
  let span: Span | null = null;
  let voicedUntil = 0;
  let audibleUntil = 0;
  let lastAtMs: number | null = null;

  function close(): Span | null {
    const closed = span;
    span = null;
    return closed;
  }

  return {
    push(frame, atMs) {
      const missing = lastAtMs !== null && atMs - lastAtMs > PAUSE_MS;
      if (missing) frames = [];
      lastAtMs = atMs;
      const piece = band(frame);
      window.copyWithin(0, piece.length);
      window.set(piece, Math.max(0, WINDOW - piece.length));
      const level = levelDb(piece);
      const above = level - floor(level);
      const audible = above > AUDIBLE_DB && level > QUIETEST_DB;
      const loud = above > LOUD_DB && level > QUIETEST_DB;
      const pitch = loud ? findPitch(window, LAGS) : null;
      const lag = pitch && pitch.voicing > VOICED ? pitch.lag : 0;
      frames = [...frames.slice(-Math.ceil(LEAD_MS / VOICE_FRAME_MS) - SYLLABLE.of), { atMs, audible, level, lag }];

      const endMs = atMs + VOICE_FRAME_MS;
      if (audible) audibleUntil = endMs;
      const over =
        span && (missing || atMs - Math.max(audibleUntil, span.to) >= PAUSE_MS || atMs - span.to >= STRETCH_MS);
      const closed = over ? close() : null;
      if (longestRun(frames.slice(-SYLLABLE.of)) >= SYLLABLE.voiced) {
        voicedUntil = endMs;
        span ??= { from: beginning(frames), to: endMs };
        span.to = endMs;
      } else if (span && longestRun(frames.slice(-GOING_ON)) >= GOING_ON) {
        voicedUntil = endMs;
        span.to = endMs;
      } else if (span && audible && endMs - voicedUntil <= TAIL_MS) {
        span.to = endMs;
      }
      return closed;
    },
    open: () => span && { ...span },
    end: close,
  };
}

type Heard = { atMs: number; audible: boolean; level: number; lag: number };

/** Voiced frames in a row, one of them missing at most, that are one sound: neither pitch nor level jumps. */
function longestRun(frames: readonly Heard[]): number {
  let run = 0;
  let longest = 0;
  let last: Heard | null = null;
  for (const frame of frames) {
    if (frame.lag === 0) continue;
    const goesOn = last !== null && isGlide(last.lag, frame.lag) && Math.abs(frame.level - last.level) <= SWELL_DB;
    run = goesOn ? run + 1 : 1;
    longest = Math.max(longest, run);
    last = frame;
  }
  return longest;
}

/** The same pitch, or the octave that is easily taken for it. */
const isGlide = (from: number, to: number) =>
  [1, 2, 0.5].some((octave) => Math.abs(to - from * octave) <= GLIDE * from * octave);

/** Where the sound that led to the first vowel began. */
function beginning(frames: readonly Heard[]): number {
  const first = frames.slice(-SYLLABLE.of).find(({ lag }) => lag > 0);
  const vowelMs = first?.atMs ?? frames.at(-1)?.atMs ?? 0;
  let from = vowelMs;
  for (const { atMs, audible } of frames.toReversed()) {
    if (atMs >= vowelMs) continue;
    if (!audible || vowelMs - atMs > LEAD_MS) break;
    from = atMs;
  }
  return from;
}

function levelDb(piece: Samples): number {
  let sum = 0;
  for (let i = 0; i < piece.length; i++) sum += (piece[i] as number) ** 2;
  return piece.length === 0 || sum === 0 ? -120 : 10 * Math.log10(sum / piece.length);
}
