import { createEchoTracer, VOICE_FRAME_MS, VOICE_FRAME_SAMPLES } from '@salotto/audio';
import { beforeAll, describe, expect, it } from 'vitest';
import { throughRoom } from './echo.ts';
import { SAMPLE_RATE } from './recordings.ts';
import { FOUR_PEOPLE, noisy, plus, speech } from './talk.ts';

const NAMES = ['anna', 'wei', 'marta', 'omar'];
let talk: Float64Array[];

/** Who is ever named, and the second at which somebody first is and last is. */
function traced(sounds: Float64Array[]) {
  const tracer = createEchoTracer();
  const named = new Set<string>();
  let [firstSecond, lastSecond] = [Number.NaN, Number.NaN];
  const frames = Math.floor((sounds[0]?.length ?? 0) / VOICE_FRAME_SAMPLES);
  for (let n = 0; n < frames; n++) {
    const cut = (sound: Float64Array) => sound.subarray(n * VOICE_FRAME_SAMPLES, (n + 1) * VOICE_FRAME_SAMPLES);
    for (const [who, sound] of sounds.entries()) tracer.push(NAMES[who] as string, cut(sound), n * VOICE_FRAME_MS);
    tracer.look((n + 1) * VOICE_FRAME_MS);
    const now = tracer.echoing();
    for (const name of now) named.add(name);
    if (now.length === 0) continue;
    lastSecond = (n * VOICE_FRAME_MS) / 1_000;
    if (Number.isNaN(firstSecond)) firstSecond = lastSecond;
  }
  return { named: [...named], firstSecond, lastSecond };
}

beforeAll(async () => {
  talk = await Promise.all(FOUR_PEOPLE.map((person) => speech({ ...person, seconds: 20 })));
});

describe('one of four microphones is fed the room’s sound', () => {
  const cases = [50, 150, 350, 600].flatMap((delayMs) => [-6, -20].map((levelDb) => ({ delayMs, levelDb })));

  it.each(cases)('after $delayMs ms, at $levelDb dB: its owner is named, nobody else', ({ delayMs, levelDb }) => {
    const echo = throughRoom({ sound: plus(...talk.slice(0, 3)), delayMs, levelDb });
    const { named, firstSecond } = traced(noisy([...talk.slice(0, 3), echo]));
    expect(named).toEqual(['omar']);
    expect(firstSecond).toBeLessThan(10);
  });

  it('while they talk themselves', () => {
    const echo = throughRoom({ sound: plus(...talk.slice(0, 3)), delayMs: 220, levelDb: -14 });
    const { named, firstSecond } = traced(noisy([...talk.slice(0, 3), plus(talk[3] as Float64Array, echo)]));
    expect(named).toEqual(['omar']);
    expect(firstSecond).toBeLessThan(12);
  });

  it('until it is gone', () => {
    const echo = throughRoom({ sound: plus(...talk.slice(0, 3)), delayMs: 150, levelDb: -10 });
    const { named, lastSecond } = traced(noisy([...talk.slice(0, 3), echo.fill(0, 8 * SAMPLE_RATE)]));
    expect(named).toEqual(['omar']);
    expect(lastSecond).toBeLessThan(16);
  });
});

describe('nobody echoes', () => {
  it('four people who talk over each other, for two minutes', { timeout: 60_000 }, async () => {
    const long = await Promise.all(FOUR_PEOPLE.map((person) => speech({ ...person, seconds: 120 })));
    expect(traced(noisy(long)).named).toEqual([]);
  });

  it('three people who say different things at once', async () => {
    const says = [['books/07'], ['night/07'], ['teams/07']];
    const sounds = await Promise.all(says.map((one) => speech({ says: one, pause: 0, from: 0, seconds: 15 })));
    expect(traced(noisy(sounds)).named).toEqual([]);
  });

  it('one who speaks in another’s rhythm', () => {
    const [anna, wei] = talk as [Float64Array, Float64Array];
    const loud = throughRoom({ sound: anna.map(Math.abs), delayMs: 200, levelDb: 0 });
    let level = 0;
    const rhythm = loud.map((sample) => {
      level += 0.001 * (Math.abs(sample) - level);
      return level;
    });
    const steady = plus(wei, wei.subarray(4 * SAMPLE_RATE), wei.subarray(7 * SAMPLE_RATE));
    expect(traced(noisy([anna, steady.map((sample, n) => 5 * sample * (rhythm[n] ?? 0))])).named).toEqual([]);
  });

  it('two microphones that hear one voice at the same time', () => {
    const [anna] = talk as [Float64Array];
    expect(traced(noisy([anna, throughRoom({ sound: anna, delayMs: 8, levelDb: -6 })])).named).toEqual([]);
  });
});
