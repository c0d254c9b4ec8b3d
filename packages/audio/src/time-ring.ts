/** Sound of one stream by its place in time, the newest piece of it. What never came is silence. */
export type TimeRing = {
  /** Samples whose first is number `at` of the common clock; a little early or late, they follow the last ones. */
  write(samples: ArrayLike<number>, at: number): void;
  /** Fills `target` with what came before number `end`. */
  read(target: Float32Array, end: number): void;
};

/** `slack`: so many samples off, a piece still follows the one before it. */
export function createTimeRing(options: { samples: number; slack: number }): TimeRing {
  const { samples, slack } = options;
  const sound = new Float32Array(samples);
  let next = Number.NEGATIVE_INFINITY;
  return {
    write(piece, at) {
      if (Math.abs(at - next) > slack) {
        if (at < next || at - next >= samples) sound.fill(0);
        else for (let n = next; n < at; n++) sound[n % samples] = 0;
        next = at;
      }
      for (let n = 0; n < piece.length; n++) sound[(next + n) % samples] = piece[n] as number;
      next += piece.length;
    },
    read(target, end) {
      const first = end - target.length;
      for (let n = 0; n < target.length; n++) {
        const at = first + n;
        target[n] = at >= 0 && at < next && at >= next - samples ? (sound[at % samples] as number) : 0;
      }
    },
  };
}
