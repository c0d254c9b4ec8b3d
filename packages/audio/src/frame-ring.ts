/** The newest frames of one stream, in memory that is taken once. */
export type FrameRing = {
  /** Copies a frame; the oldest one goes where all places are taken. Longer ones are cut, shorter ones end in silence. */
  write(samples: Int16Array, atMs: number): void;
  /** The oldest frame, whose samples are good until the next `write`; null where there is none. */
  read(): { samples: Int16Array; atMs: number } | null;
  /** Frames that went before anybody read them. */
  readonly dropped: number;
};

/** A bounded queue between whoever brings frames and whoever takes them at a pace of their own. */
export function createFrameRing(options: { frames: number; samples: number }): FrameRing {
  const { frames, samples } = options;
  const sound = new Int16Array(frames * samples);
  const times = new Float64Array(frames);
  let first = 0;
  let length = 0;
  let dropped = 0;
  return {
    write(frame, atMs) {
      if (length === frames) {
        first = (first + 1) % frames;
        length -= 1;
        dropped += 1;
      }
      const place = (first + length) % frames;
      const target = sound.subarray(place * samples, (place + 1) * samples);
      target.fill(0);
      target.set(frame.length > samples ? frame.subarray(0, samples) : frame);
      times[place] = atMs;
      length += 1;
    },
    read() {
      if (length === 0) return null;
      const place = first;
      first = (first + 1) % frames;
      length -= 1;
      return { samples: sound.subarray(place * samples, (place + 1) * samples), atMs: times[place] as number };
    },
    get dropped() {
      return dropped;
    },
  };
}
