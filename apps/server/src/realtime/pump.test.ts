import { expect, onTestFinished, test, vi } from 'vitest';
import { createFrameClock, createPoke } from './pump.ts';

function setUp(answers: (boolean | Error)[] = []) {
  const errors: unknown[] = [];
  let runs = 0;
  const gates: (() => void)[] = [];
  const poke = createPoke({
    async pump() {
      runs += 1;
      await new Promise<void>((resolve) => gates.push(resolve));
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onError: (error) => errors.push(error),
  });
  const pass = async () => {
    gates.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { poke, pass, errors, runs: () => runs };
}

test('calls while one run is under way become one more', async () => {
  const { poke, pass, runs } = setUp();
  const all = [poke(), poke(), poke()];
  expect(runs()).toBe(1);
  await pass();
  expect(runs()).toBe(2);
  await pass();
  await Promise.all(all);
  expect(runs()).toBe(2);
});

test('a run may ask for another one', async () => {
  const { poke, pass, runs } = setUp([true, false]);
  const done = poke();
  await pass();
  await pass();
  await done;
  expect(runs()).toBe(2);
});

test('a failure is told and ends the runs until the next call', async () => {
  const trouble = new Error('no database');
  const { poke, pass, errors, runs } = setUp([trouble]);
  const done = [poke(), poke()];
  await pass();
  await Promise.all(done);
  expect(errors).toEqual([trouble]);
  expect(runs()).toBe(1);
  const next = poke();
  await pass();
  await next;
  expect(runs()).toBe(2);
});

test('a frame for many goes at once after a quiet time; what follows waits for the rest of a quarter of a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const frames = createFrameClock();
  const dueMs = async (tabs: number) => {
    const from = performance.now();
    const due = frames.due(tabs);
    await vi.runAllTimersAsync();
    await due;
    return Math.round(performance.now() - from);
  };
  expect(await dueMs(501)).toBe(0);
  frames.sent();
  expect(await dueMs(500)).toBe(0);
  vi.advanceTimersByTime(100);
  expect(await dueMs(501)).toBe(150);
  frames.sent();
  vi.advanceTimersByTime(250);
  expect(await dueMs(8_000)).toBe(0);
});
