import type { Samples } from './samples.ts';

/** Reads 16-bit PCM WAV of any number of channels as mono (their mean). Throws an Error that says what is not understood. */
export function readWav(bytes: Uint8Array): { sampleRate: number; samples: Float32Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') throw new Error('Not a WAV file');
  let format: { channels: number; sampleRate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const kind = text(view, at);
    const body = at + 8;
    // A stream's writer can't know its length; what is there counts.
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - body);
    if (kind === 'fmt ') {
      if (view.getUint16(body, true) !== 1 || view.getUint16(body + 14, true) !== 16) {
        throw new Error('Only 16-bit PCM WAV is read');
      }
      format = { channels: view.getUint16(body + 2, true), sampleRate: view.getUint32(body + 4, true) };
    }
    if (kind === 'data') {
      if (!format) throw new Error('A WAV file without format');
      const { channels, sampleRate } = format;
      const samples = new Float32Array(Math.floor(length / (2 * channels)));
      for (let n = 0; n < samples.length; n++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += view.getInt16(body + 2 * (n * channels + c), true);
        samples[n] = sum / channels / 32768;
      }
      return { sampleRate, samples };
    }
    at = body + length + (length % 2);
  }
  throw new Error('A WAV file without sound');
}

/** Writes mono 16-bit PCM WAV; what exceeds full scale is clipped. */
export function writeWav(sound: { sampleRate: number; samples: Samples }): Uint8Array<ArrayBuffer> {
  const { sampleRate, samples } = sound;
  const bytes = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const put = (at: number, letters: string) => {
    for (let i = 0; i < 4; i++) bytes[at + i] = letters.charCodeAt(i);
  };
  put(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  put(8, 'WAVE');
  put(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (let n = 0; n < samples.length; n++) view.setInt16(44 + 2 * n, toPcm16(samples[n] as number), true);
  return bytes;
}

/** One sample of ±1 as a 16-bit integer, clipped. */
export function toPcm16(sample: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
