/** An in-place Fourier transform of one size, with its tables made once. */
export type Fft = {
  readonly size: number;
  /** Transforms `real` and `imaginary`, both of `size`, in place. */
  forward(real: Float64Array, imaginary: Float64Array): void;
  /** The inverse, scaled by 1/size, in place. */
  inverse(real: Float64Array, imaginary: Float64Array): void;
};

/** Radix-2. Throws a RangeError unless `size` is a power of two. */
export function createFft(size: number): Fft {
  if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError('An FFT size must be a power of two');
  const cos = new Float64Array(size / 2);
  const sin = new Float64Array(size / 2);
  for (let i = 0; i < size / 2; i++) {
    cos[i] = Math.cos((2 * Math.PI * i) / size);
    sin[i] = Math.sin((2 * Math.PI * i) / size);
  }

  function forward(real: Float64Array, imaginary: Float64Array): void {
    if (real.length !== size || imaginary.length !== size) throw new RangeError('FFT input of another size');
    reorder(real, imaginary);
    for (let span = 1; span < size; span *= 2) {
      const step = size / (2 * span);
      for (let start = 0; start < size; start += 2 * span) {
        for (let k = 0; k < span; k++) {
          const c = cos[k * step] as number;
          const s = sin[k * step] as number;
          const a = start + k;
          const b = a + span;
          const bRe = real[b] as number;
          const bIm = imaginary[b] as number;
          const re = bRe * c + bIm * s;
          const im = bIm * c - bRe * s;
          real[b] = (real[a] as number) - re;
          imaginary[b] = (imaginary[a] as number) - im;
          real[a] = (real[a] as number) + re;
          imaginary[a] = (imaginary[a] as number) + im;
        }
      }
    }
  }

  return {
    size,
    forward,
    inverse(real, imaginary) {
      // Swapping the parts turns the forward transform into the inverse.
      forward(imaginary, real);
      for (let i = 0; i < size; i++) {
        real[i] = (real[i] as number) / size;
        imaginary[i] = (imaginary[i] as number) / size;
      }
    },
  };
}

/** The smallest power of two that holds `length`. */
export function powerOfTwo(length: number): number {
  let size = 2;
  while (size < length) size *= 2;
  return size;
}

function reorder(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const re = real[i] as number;
      const im = imaginary[i] as number;
      real[i] = real[j] as number;
      imaginary[i] = imaginary[j] as number;
      real[j] = re;
      imaginary[j] = im;
    }
  }
}
