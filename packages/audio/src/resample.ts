import type { Samples } from './samples.ts';

/**
 * Changes the sample rate (both in Hz, integers) by a windowed-sinc polyphase filter of 60 dB, without delay: sample n of
 * the output is the input at time n / `to`.
 */
export function resample(input: Samples, rates: { from: number; to: number }): Float64Array {
  const divisor = gcd(rates.from, rates.to);
  const up = rates.to / divisor;
  const down = rates.from / divisor;
  if (up === down) return Float64Array.from(input);
  const filter = lowPass(up, down);
  const half = (filter.length - 1) / 2;
  const output = new Float64Array(Math.ceil((input.length * up) / down));
  for (let n = 0; n < output.length; n++) {
    // Position of this output sample on the grid that both rates divide.
    const at = n * down;
    const first = Math.max(0, Math.ceil((at - half) / up));
    const last = Math.min(input.length - 1, Math.floor((at + half) / up));
    let sum = 0;
    for (let k = first; k <= last; k++) sum += (input[k] as number) * (filter[at - k * up + half] as number);
    output[n] = sum;
  }
  return output;
}

const REJECTION_DB = 60;
const KAISER_BETA = 0.1102 * (REJECTION_DB - 8.7);

/** Kaiser-windowed sinc with unit gain after inserting `up - 1` zeros between samples. */
function lowPass(up: number, down: number): Float64Array {
  const cutoff = 1 / (2 * Math.max(up, down));
  const half = Math.ceil((REJECTION_DB - 8) / (28.714 * (cutoff / 10)));
  const filter = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let i = 0; i < filter.length; i++) {
    const t = i - half;
    const x = Math.PI * 2 * cutoff * t;
    const window = bessel0(KAISER_BETA * Math.sqrt(1 - (t / half) ** 2)) / bessel0(KAISER_BETA);
    filter[i] = (x === 0 ? 1 : Math.sin(x) / x) * window;
    sum += filter[i] as number;
  }
  return filter.map((tap) => (tap * up) / sum);
}

/** Modified Bessel function of the first kind, order zero. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
