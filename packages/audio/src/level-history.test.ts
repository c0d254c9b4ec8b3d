import { expect, it } from 'vitest';
import { createLevelHistory } from './level-history.ts';

const frame = (value: number) => new Float32Array(4).fill(value);

it('knows how loud it was at a time, to the frame, and nothing of times without a frame', () => {
  const history = createLevelHistory({ frameMs: 20, keptMs: 200 });
  expect(history.newestMs()).toBe(Number.NEGATIVE_INFINITY);
  history.push(frame(0.5), 1_003);
  history.push(frame(0.1), 1_043);
  expect(history.at(1_000)).toBe(0.25);
  expect(history.at(1_020)).toBe(0);
  expect(history.at(1_043)).toBeCloseTo(0.01);
  expect(history.newestMs()).toBe(1_043);
});

it('forgets what is too long ago', () => {
  const history = createLevelHistory({ frameMs: 20, keptMs: 200 });
  history.push(frame(0.5), -100);
  expect(history.at(-100)).toBe(0.25);
  history.push(frame(0.1), 100);
  expect(history.at(-100)).toBe(0);
});
