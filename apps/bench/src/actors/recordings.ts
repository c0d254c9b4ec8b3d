import { readFile } from 'node:fs/promises';
import { OggOpusDecoder } from 'ogg-opus-decoder';

/** What WebRTC and Opus work at, in Hz. */
export const SAMPLE_RATE = 48_000;

/** Decoded recordings, the newest few kept: 48 kHz, one channel, 16 bit. */
export type Recordings = {
  get(path: string): Promise<Int16Array>;
};

/** A turn is about half a megabyte once decoded; `keep` (8) bounds the memory. */
export function createRecordings(options: { keep?: number } = {}): Recordings {
  const { keep = 8 } = options;
  const known = new Map<string, Promise<Int16Array>>();
  return {
    get(path) {
      const found = known.get(path) ?? decode(path);
      known.delete(path);
      known.set(path, found);
      found.catch(() => known.delete(path));
      const [eldest] = known.keys();
      if (known.size > keep && eldest !== undefined) known.delete(eldest);
      return found;
    },
  };
}

async function decode(path: string): Promise<Int16Array> {
  const decoder = new OggOpusDecoder();
  try {
    await decoder.ready;
    const { channelData } = await decoder.decodeFile(new Uint8Array(await readFile(path)));
    const [left = new Float32Array()] = channelData;
    return Int16Array.from(left, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32767))));
  } finally {
    decoder.free();
  }
}
