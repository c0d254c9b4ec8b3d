import { createFft } from './fft.ts';
import { BAND_RATE } from './speech-band.ts';

/** How far the microphone may be behind: 50 to 600 ms and a little. Nearer is one room heard twice, farther no loudspeaker. */
export const ECHO_MS = { from: 45, to: 615 };
/** What is compared at once. */
export const ECHO_WINDOW = 8_192;
/** What may come before it: the longest delay. */
export const ECHO_REACH = (ECHO_MS.to * BAND_RATE) / 1_000;

const SIZE = 16_384;
const BAND_HZ = { from: 200, to: 3_200 };
/** 1 takes all frequencies for equally loud, 0 as loud as they are. */
const WHITENING = 0.8;
/** What belongs to one peak: the rest of it is no second opinion. */
const PEAK_MS = 12;

/** The delay at which the microphone is most like the others, and how far that stands out of all other delays. */
export type EchoPeak = { delayMs: number; prominence: number };

/**
 * Compares a piece of a microphone (`ECHO_WINDOW` samples at 8 kHz) with what the others said until its end
 * (`ECHO_REACH + ECHO_WINDOW` samples), by generalised cross-correlation with partial phase transform (Knapp and Carter,
 * 1976): waveforms have to agree, not rhythms, so that two people never match by chance for long.
 */
export function createEchoWindow(): (microphone: Float32Array, others: Float32Array) => EchoPeak {
  const fft = createFft(SIZE);
  const real = new Float64Array(SIZE);
  const imaginary = new Float64Array(SIZE);
  const crossRe = new Float64Array(SIZE);
  const crossIm = new Float64Array(SIZE);
  const first = Math.round((BAND_HZ.from * SIZE) / BAND_RATE);
  const last = Math.round((BAND_HZ.to * SIZE) / BAND_RATE);

  return (microphone, others) => {
    // Both are real: one transform of the pair holds the spectra of both.
    real.fill(0);
    imaginary.fill(0);
    real.set(microphone, ECHO_REACH);
    imaginary.set(others);
    fft.forward(real, imaginary);
    crossRe.fill(0);
    crossIm.fill(0);
    for (let k = first; k <= last; k++) {
      const a = real[k] as number;
      const b = imaginary[k] as number;
      const c = real[SIZE - k] as number;
      const d = imaginary[SIZE - k] as number;
      const [mRe, mIm, oRe, oIm] = [(a + c) / 2, (b - d) / 2, (b + d) / 2, (c - a) / 2];
      const re = mRe * oRe + mIm * oIm;
      const im = mIm * oRe - mRe * oIm;
      const size = Math.hypot(re, im);
      if (size === 0) continue;
      const weight = size ** -WHITENING;
      crossRe[k] = re * weight;
      crossIm[k] = im * weight;
    }
    // One half of the spectrum gives the analytic signal: its size has no zero crossings where the peak is.
    fft.inverse(crossRe, crossIm);
    return peakOf(crossRe, crossIm);
  };
}

function peakOf(re: Float64Array, im: Float64Array): EchoPeak {
  const [from, to] = [(ECHO_MS.from * BAND_RATE) / 1_000, ECHO_REACH];
  const size = (lag: number) => Math.hypot(re[lag] as number, im[lag] as number);
  let at = from;
  let best = 0;
  for (let lag = from; lag <= to; lag++) {
    const here = size(lag);
    if (here > best) [at, best] = [lag, here];
  }
  const near = (PEAK_MS * BAND_RATE) / 1_000;
  let rest = 0;
  let count = 0;
  for (let lag = from; lag <= to; lag++) {
    if (Math.abs(lag - at) <= near) continue;
    rest += size(lag) ** 2;
    count += 1;
  }
  return { delayMs: (at * 1_000) / BAND_RATE, prominence: rest === 0 ? 0 : best / Math.sqrt(rest / count) };
}
