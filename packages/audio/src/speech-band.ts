import type { Samples } from './samples.ts';

const RATIO = 6;
/** What `createSpeechBand` gives, in Hz. */
export const BAND_RATE = 48_000 / RATIO;

const TAPS = 72;
const CUT_HZ = 3_300;
const RUMBLE_HZ = 110;

/** The part of 48 kHz sound that carries speech (110 to 3,300 Hz) at 8 kHz, piece by piece without seams. */
export function createSpeechBand(): (samples: Samples) => Float64Array {
  const taps = lowPass();
  let waiting = new Float64Array(TAPS - 1);
  const rumble = [createHighPass(), createHighPass()] as const;
  return (samples) => {
    const input = new Float64Array(waiting.length + samples.length);
    input.set(waiting);
    input.set(samples, waiting.length);
    const count = Math.max(0, Math.floor((input.length - TAPS) / RATIO) + 1);
    const output = new Float64Array(count);
    for (let n = 0; n < count; n++) {
      let sum = 0;
      for (let k = 0; k < TAPS; k++) sum += (taps[k] as number) * (input[n * RATIO + k] as number);
      output[n] = rumble[1](rumble[0](sum));
    }
    waiting = input.slice(count * RATIO);
    return output;
  };
}

function lowPass(): Float64Array {
  const cut = (2 * CUT_HZ) / 48_000;
  const taps = Float64Array.from({ length: TAPS }, (_, k) => {
    const x = k - (TAPS - 1) / 2;
    const sinc = Math.sin(Math.PI * cut * x) / (Math.PI * x);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * k) / (TAPS - 1)));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

/** Of first order. */
function createHighPass(): (sample: number) => number {
  const pole = Math.exp((-2 * Math.PI * RUMBLE_HZ) / BAND_RATE);
  let before = 0;
  let output = 0;
  return (sample) => {
    output = pole * (output + sample - before);
    before = sample;
    return output;
  };
}
