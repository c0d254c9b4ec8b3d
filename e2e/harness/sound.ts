import { readFile } from 'node:fs/promises';
import { writeWav } from '@salotto/audio';
import { OggOpusDecoder } from 'ogg-opus-decoder';

/** Of everything that is said and recorded in tests, in Hz. */
export const SAMPLE_RATE = 48_000;

/** The known speech: what a speaker says and what recordings are compared with. */
export async function readSpeech(): Promise<Float32Array> {
  const decoder = new OggOpusDecoder();
  try {
    await decoder.ready;
    const file = await readFile(new URL('../fixtures/speech.ogg', import.meta.url));
    const { channelData } = await decoder.decodeFile(new Uint8Array(file));
    const [samples] = channelData;
    if (!samples) throw new Error('The speech has no sound');
    return samples;
  } finally {
    decoder.free();
  }
}

/** A steady tone, for tests in which only the level counts. */
export function tone(options: { seconds: number; hz?: number; peak?: number }): Float32Array {
  const { seconds, hz = 440, peak = 0.4 } = options;
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, n) => {
    return peak * Math.sin((2 * Math.PI * hz * n) / SAMPLE_RATE);
  });
}

/** As a page takes it. */
export function toBase64Wav(samples: Float32Array): string {
  return Buffer.from(writeWav({ sampleRate: SAMPLE_RATE, samples })).toString('base64');
}

/** 16-bit samples as a page gives them. */
export function fromBase64Pcm(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length >> 1 }, (_, n) => bytes.readInt16LE(2 * n) / 32768);
}

/** A figure for whoever reads the run's output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
