import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createVoiceDetector, type Span, VOICE_FRAME_SAMPLES } from '@salotto/audio';
import { describe, expect, it } from 'vitest';
import { rmsOf, roomNoise, typing } from './noises.ts';
import { createRecordings, SAMPLE_RATE } from './recordings.ts';
import { lengthOf, spokenIn } from './spoken.ts';

const folder = join(import.meta.dirname, '../../demo/recordings');
const recordings = createRecordings();

function heardIn(sound: Float64Array): Span[] {
  const detector = createVoiceDetector();
  const spans: (Span | null)[] = [];
  for (let at = 0; at + VOICE_FRAME_SAMPLES <= sound.length; at += VOICE_FRAME_SAMPLES) {
    spans.push(detector.push(sound.subarray(at, at + VOICE_FRAME_SAMPLES), (at / SAMPLE_RATE) * 1_000));
  }
  return [...spans, detector.end()].filter((span) => span !== null);
}

const together = (...sounds: Float64Array[]) =>
  Float64Array.from({ length: Math.max(...sounds.map(({ length }) => length)) }, (_, n) =>
    sounds.reduce((sum, sound) => sum + (sound[n] ?? 0), 0),
  );

/** A second of silence on both sides. */
async function spoken(path: string): Promise<Float64Array> {
  const samples = await recordings.get(path);
  const sound = new Float64Array(samples.length + 2 * SAMPLE_RATE);
  for (const [n, sample] of samples.entries()) sound[SAMPLE_RATE + n] = sample / 32_768;
  return sound;
}

describe('voices of the demo', () => {
  it.each([
    ['by themselves', null],
    ['over the noise of a room, 20 dB below', 0.1],
  ])('are measured within 5 %%, %s', async (_, noise) => {
    let said = 0;
    let heard = 0;
    for (const room of readdirSync(folder)) {
      const clean = await spoken(join(folder, room, '01.ogg'));
      const rms = rmsOf(clean) * (noise ?? 0);
      const seconds = clean.length / SAMPLE_RATE;
      said += lengthOf(spokenIn(clean));
      heard += lengthOf(heardIn(noise ? together(clean, roomNoise({ seconds, rms })) : clean));
    }
    expect(said).toBeGreaterThan(25_000);
    expect(Math.abs(heard / said - 1)).toBeLessThan(0.05);
  });
});

it('hears nothing in a room without people, nor in typing, nor in both', () => {
  const room = roomNoise({ seconds: 20, rms: 0.02 });
  const keys = typing({ seconds: 20 });
  expect(heardIn(room)).toEqual([]);
  expect(heardIn(keys)).toEqual([]);
  expect(heardIn(together(room, keys))).toEqual([]);
});
