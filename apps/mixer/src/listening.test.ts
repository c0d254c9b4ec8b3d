import { VOICE_FRAME_MS, VOICE_FRAME_SAMPLES } from '@salotto/audio';
import { expect, it } from 'vitest';
import { createListening, type Listening } from './listening.ts';

const SAMPLE_RATE = 48_000;
const PITCH_HZ = 140;
const MOST = 100;

/** Somebody sings one vowel from here to there. */
function sing(listening: Listening, fromMs: number, toMs: number): void {
  for (let atMs = fromMs; atMs < toMs; atMs += VOICE_FRAME_MS) {
    const first = (atMs * SAMPLE_RATE) / 1_000;
    const frame = Int16Array.from({ length: VOICE_FRAME_SAMPLES }, (_, n) => {
      const turns = (2 * Math.PI * PITCH_HZ * (first + n)) / SAMPLE_RATE;
      return 3_000 * [1, 2, 3, 4, 5].reduce((sum, overtone) => sum + Math.sin(overtone * turns) / overtone, 0);
    });
    listening.push('anna', frame, atMs);
  }
}
const rest = (listening: Listening, fromMs: number, toMs: number) => {
  for (let atMs = fromMs; atMs < toMs; atMs += VOICE_FRAME_MS) {
    listening.push('anna', new Int16Array(VOICE_FRAME_SAMPLES), atMs);
  }
};

it('tells what goes on, and what is over, until it has arrived', () => {
  const listening = createListening({ measures: true });
  rest(listening, 0, 500);
  sing(listening, 500, 1_500);
  const [open] = listening.spans(MOST);
  expect(open).toMatchObject({ speaker: 'anna', to: 1_500 });
  listening.confirm(open ? [open] : []);
  expect(listening.spans(MOST)).toEqual([]);
  rest(listening, 1_500, 2_500);
  const [over, ...more] = listening.spans(MOST);
  expect(more).toEqual([]);
  expect(over).toMatchObject({ from: open?.from });
  listening.confirm(over ? [over] : []);
  expect(listening.spans(MOST)).toEqual([]);
});

it('measures nobody while it should not, and knows nothing of that time afterwards', () => {
  const listening = createListening({ measures: true });
  rest(listening, 0, 500);
  sing(listening, 500, 1_500);
  listening.measure(false);
  sing(listening, 1_500, 3_000);
  expect(listening.spans(MOST)).toEqual([]);
  listening.measure(true);
  rest(listening, 3_000, 4_000);
  expect(listening.spans(MOST)).toEqual([]);
  sing(listening, 4_000, 5_000);
  expect(listening.spans(MOST)[0]?.from).toBeGreaterThan(3_500);
});
