import type { Audience } from '@salotto/contract';
import { expect, test } from 'vitest';
import { createAudiences } from './audiences.ts';

const of = (listening: number): Audience => ({
  listening,
  followedBySpeakers: { count: 0, people: [] },
  everyoneElse: { count: listening, people: [] },
});

function setUp(listening: number) {
  const state = { now: 0, listening, reads: 0, fail: false };
  const audience = createAudiences({
    nowMs: () => state.now,
    async read() {
      state.reads += 1;
      if (state.fail) throw new Error('no database');
      return of(state.listening);
    },
  });
  return { state, ask: () => audience('room') };
}

test('of a small room it is always as of now', async () => {
  const { state, ask } = setUp(3);
  await ask();
  state.listening = 4;
  expect((await ask()).listening).toBe(4);
});

test('of a large room it is read once a second, however many ask', async () => {
  const { state, ask } = setUp(8_000);
  await ask();
  state.listening = 8_001;
  const answers = await Promise.all(Array.from({ length: 50 }, ask));
  expect(new Set(answers.map(({ listening }) => listening))).toEqual(new Set([8_000]));
  expect(state.reads).toBe(1);
  state.now = 1_000;
  await Promise.all(Array.from({ length: 50 }, ask));
  expect(state.reads).toBe(2);
  expect((await ask()).listening).toBe(8_001);
});

test('a failure is nobody’s answer for longer than itself', async () => {
  const { state, ask } = setUp(8_000);
  await ask();
  state.now = 1_000;
  state.fail = true;
  await expect(ask()).rejects.toThrow('no database');
  state.fail = false;
  expect((await ask()).listening).toBe(8_000);
});
