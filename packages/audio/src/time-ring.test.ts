import { expect, it } from 'vitest';
import { createTimeRing } from './time-ring.ts';

const read = (ring: ReturnType<typeof createTimeRing>, length: number, end: number) => {
  const target = new Float32Array(length).fill(9);
  ring.read(target, end);
  return [...target];
};

it('gives what came by its time, a little late where it follows, and silence for what did not', () => {
  const ring = createTimeRing({ samples: 8, slack: 1 });
  ring.write([1, 2], 10);
  ring.write([3, 4], 13);
  expect(read(ring, 6, 15)).toEqual([0, 1, 2, 3, 4, 0]);
  ring.write([5], 17);
  expect(read(ring, 5, 18)).toEqual([4, 0, 0, 0, 5]);
});

it('forgets what is too old, and everything where time jumps', () => {
  const ring = createTimeRing({ samples: 4, slack: 1 });
  ring.write([1, 2, 3, 4, 5], 0);
  expect(read(ring, 5, 5)).toEqual([0, 2, 3, 4, 5]);
  ring.write([6], 100);
  expect(read(ring, 4, 101)).toEqual([0, 0, 0, 6]);
  ring.write([7], 50);
  expect(read(ring, 4, 51)).toEqual([0, 0, 0, 7]);
});
