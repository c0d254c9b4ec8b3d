import { createFft } from './fft.ts';
import { resample } from './resample.ts';
import type { Samples } from './samples.ts';

const RATE = 10_000;
const FRAME = 256;
const HOP = FRAME / 2;
const FFT_SIZE = 512;
const BANDS = 15;
const LOWEST_BAND_HZ = 150;
const SEGMENT_FRAMES = 30;
const CLIP = 1 + 10 ** (15 / 20);
const SILENCE_DB = 40;
const EPSILON = 2 ** -52;
const WINDOW = Float64Array.from(
  { length: FRAME },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 1)) / (FRAME + 1)),
);

/**
 * Short-Time Objective Intelligibility: how much of the clean speech can be understood in the degraded one, 0 to 1.
 * Both must be aligned, of one length and of one sample rate (Hz). Gives 1e-5 when less than 0.4 s of speech is left
 * after leaving out the silent frames; throws a RangeError on different lengths.
 *
 * C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen: "A Short-Time Objective Intelligibility Measure for
 * Time-Frequency Weighted Noisy Speech", ICASSP 2010; and "An Algorithm for Intelligibility Prediction of
 * Time-Frequency Weighted Noisy Speech", IEEE Transactions on Audio, Speech, and Language Processing, 2011.
 */
export function stoi(options: { clean: Samples; degraded: Samples; sampleRate: number }): number {
  const { clean, degraded, sampleRate } = options;
  if (clean.length !== degraded.length) throw new RangeError('Clean and degraded speech must be of one length');
  const rates = { from: sampleRate, to: RATE };
  const voiced = withoutSilence(resample(clean, rates), resample(degraded, rates));
  const x = bandLevels(voiced.clean);
  const y = bandLevels(voiced.degraded);
  if (x.frames < SEGMENT_FRAMES) return 1e-5;
  let sum = 0;
  const segments = x.frames - SEGMENT_FRAMES + 1;
  for (let band = 0; band < BANDS; band++) {
    for (let first = 0; first < segments; first++) {
      const from = band * x.frames + first;
      sum += correlation(
        x.levels.subarray(from, from + SEGMENT_FRAMES),
        y.levels.subarray(from, from + SEGMENT_FRAMES),
      );
    }
  }
  return sum / (BANDS * segments);
}

/** Frames whose clean sound is more than 40 dB below the loudest are left out of both; the rest is joined by overlap. */
function withoutSilence(clean: Float64Array, degraded: Float64Array) {
  const starts = frameStarts(clean.length);
  const energies = starts.map((start) => {
    let sum = 0;
    for (let i = 0; i < FRAME; i++) sum += ((clean[start + i] as number) * (WINDOW[i] as number)) ** 2;
    return 20 * Math.log10(Math.sqrt(sum) + EPSILON);
  });
  const loudest = energies.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const kept = starts.filter((_, i) => loudest - SILENCE_DB - (energies[i] as number) < 0);
  return { clean: overlapAdd(clean, kept), degraded: overlapAdd(degraded, kept) };
}

function overlapAdd(samples: Float64Array, starts: number[]): Float64Array {
  const output = new Float64Array(starts.length === 0 ? 0 : (starts.length - 1) * HOP + FRAME);
  starts.forEach((start, n) => {
    for (let i = 0; i < FRAME; i++) {
      const at = n * HOP + i;
      output[at] = (output[at] as number) + (samples[start + i] as number) * (WINDOW[i] as number);
    }
  });
  return output;
}

/** Level of each third-octave band in each frame, band after band. */
function bandLevels(samples: Float64Array): { frames: number; levels: Float64Array } {
  const starts = frameStarts(samples.length);
  const levels = new Float64Array(BANDS * starts.length);
  const fft = createFft(FFT_SIZE);
  const real = new Float64Array(FFT_SIZE);
  const imaginary = new Float64Array(FFT_SIZE);
  starts.forEach((start, frame) => {
    real.fill(0);
    imaginary.fill(0);
    for (let i = 0; i < FRAME; i++) real[i] = (samples[start + i] as number) * (WINDOW[i] as number);
    fft.forward(real, imaginary);
    for (let band = 0; band < BANDS; band++) {
      let power = 0;
      for (let bin = edgeBin(2 * band - 1); bin < edgeBin(2 * band + 1); bin++) {
        power += (real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2;
      }
      levels[band * starts.length + frame] = Math.sqrt(power);
    }
  });
  return { frames: starts.length, levels };
}

/** The bin nearest to the edge that lies `sixths` of an octave above the lowest band's centre. */
function edgeBin(sixths: number): number {
  return Math.round((LOWEST_BAND_HZ * 2 ** (sixths / 6) * FFT_SIZE) / RATE);
}

/** Correlation of one band's course in both, after the degraded one is brought to the clean one's level and clipped. */
function correlation(clean: Float64Array, degraded: Float64Array): number {
  const gain = norm(clean) / (norm(degraded) + EPSILON);
  const clipped = degraded.map((level, i) => Math.min(level * gain, (clean[i] as number) * CLIP));
  const x = centred(clean);
  const y = centred(clipped);
  let product = 0;
  for (let i = 0; i < x.length; i++) product += (x[i] as number) * (y[i] as number);
  return product / ((norm(x) + EPSILON) * (norm(y) + EPSILON));
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** The reference leaves out a frame that would end exactly with the signal. */
function frameStarts(length: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start < length - FRAME; start += HOP) starts.push(start);
  return starts;
}
