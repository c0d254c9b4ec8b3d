import {
  createEchoGate,
  createEchoTracer,
  createVoiceDetector,
  VOICE_FRAME_MS,
  VOICE_FRAME_SAMPLES,
} from '@salotto/audio';
import { beforeAll, expect, it } from 'vitest';
import { throughRoom } from './echo.ts';
import { SAMPLE_RATE } from './recordings.ts';
import { lengthOf, spokenIn } from './spoken.ts';
import { FOUR_PEOPLE, noisy, plus, speech } from './talk.ts';

const SECONDS = 40;
let talk: Float64Array[];
beforeAll(async () => {
  talk = await Promise.all(FOUR_PEOPLE.map((lines) => speech({ ...lines, seconds: SECONDS })));
});

/** How long each is counted, in ms, with what comes back left out, as a mixer does. */
function counted(sounds: readonly Float64Array[]): number[] {
  const tracer = createEchoTracer();
  const gate = createEchoGate();
  const people = sounds.map(() => ({ detector: createVoiceDetector(), ms: 0 }));
  for (let n = 0; n < (SECONDS * SAMPLE_RATE) / VOICE_FRAME_SAMPLES; n++) {
    for (const [who, person] of people.entries()) {
      const frame = (sounds[who] as Float64Array).subarray(n * VOICE_FRAME_SAMPLES, (n + 1) * VOICE_FRAME_SAMPLES);
      tracer.push(`${who}`, frame, n * VOICE_FRAME_MS);
      for (const own of gate.push(`${who}`, frame, n * VOICE_FRAME_MS)) {
        const span = person.detector.push(own.frame, own.atMs);
        person.ms += span ? lengthOf([span]) : 0;
      }
    }
    if (tracer.look((n + 1) * VOICE_FRAME_MS)) gate.learn(tracer.delays());
  }
  for (const person of people) person.ms += lengthOf([person.detector.end()].filter((span) => span !== null));
  return people.map(({ ms }) => ms);
}

const [three, fourth] = [() => talk.slice(0, 3), () => talk[3] as Float64Array];
const echoOf = (delayMs: number, levelDb: number) => throughRoom({ sound: plus(...three()), delayMs, levelDb });
const said = () => lengthOf(spokenIn(fourth()));

it.each([
  { delayMs: 80, levelDb: -6 },
  { delayMs: 500, levelDb: -20 },
])('an echo after $delayMs ms, at $levelDb dB, is not its owner’s speech once it was heard', (echo) => {
  const ms = counted(noisy([...three(), echoOf(echo.delayMs, echo.levelDb)]));
  expect(lengthOf(spokenIn(plus(...three())))).toBeGreaterThan(25_000);
  expect(ms[3]).toBeLessThan(2_500);
});

it.each([
  { delayMs: 250, levelDb: -14, within: 0.15 },
  // As loud as the owner at times: then nobody can tell.
  { delayMs: 80, levelDb: -6, within: 0.4 },
])('what somebody says over an echo at $levelDb dB counts within $within', ({ delayMs, levelDb, within }) => {
  const ms = counted(noisy([...three(), plus(fourth(), echoOf(delayMs, levelDb))]));
  expect(Math.abs((ms[3] as number) / said() - 1)).toBeLessThan(within);
});

it('takes nothing from anybody where nobody echoes', () => {
  const ms = counted(noisy(talk));
  for (const [n, sound] of talk.entries()) {
    expect(Math.abs((ms[n] as number) / lengthOf(spokenIn(sound)) - 1)).toBeLessThan(0.05);
  }
});
