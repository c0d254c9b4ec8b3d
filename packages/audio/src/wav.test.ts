import { expect, it } from 'vitest';
import { readWav, writeWav } from './wav.ts';

it('writes what it reads', () => {
  const samples = Float32Array.from([0, 0.5, -0.5, 0.25, -1, 2, -2]);
  const read = readWav(writeWav({ sampleRate: 16_000, samples }));
  expect(read.sampleRate).toBe(16_000);
  expect([...read.samples]).toEqual([0, 0.5, -0.5, 0.25, -1, 32767 / 32768, -1]);
});

it('reads two channels as their mean, skips other chunks, and takes a stream’s unknown length', () => {
  const mono = writeWav({ sampleRate: 8000, samples: Float32Array.from([0.5, 0.25, -0.5, -0.25]) });
  const bytes = new Uint8Array(mono.length + 12);
  bytes.set(mono.subarray(0, 36));
  bytes.set(new TextEncoder().encode('LIST'), 36);
  bytes[40] = 3;
  bytes.set(mono.subarray(36), 48);
  const view = new DataView(bytes.buffer);
  view.setUint16(22, 2, true);
  view.setUint32(52, 0xffffffff, true);
  expect([...readWav(bytes).samples]).toEqual([0.375, -0.375]);
});

it('says what it does not understand', () => {
  expect(() => readWav(new Uint8Array(50))).toThrow('Not a WAV file');
  const wrong = writeWav({ sampleRate: 8000, samples: new Float32Array(2) });
  wrong[34] = 24;
  expect(() => readWav(wrong)).toThrow('16-bit');
});
