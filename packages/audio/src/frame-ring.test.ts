import { expect, it } from 'vitest';
import { createFrameRing } from './frame-ring.ts';

const frame = (...samples: number[]) => Int16Array.from(samples);

it('gives frames in order, with their times, and copies them', () => {
  const ring = createFrameRing({ frames: 3, samples: 2 });
  const first = frame(1, 2);
  ring.write(first, 10);
  ring.write(frame(3, 4), 30);
  first.fill(9);
  expect(ring.read()).toEqual({ samples: frame(1, 2), atMs: 10 });
  expect(ring.read()).toEqual({ samples: frame(3, 4), atMs: 30 });
  expect(ring.read()).toBeNull();
});

it('keeps the newest where nobody reads, and counts what went', () => {
  const ring = createFrameRing({ frames: 2, samples: 1 });
  for (const n of [1, 2, 3, 4, 5]) ring.write(frame(n), n);
  expect(ring.dropped).toBe(3);
  expect([ring.read()?.atMs, ring.read()?.atMs, ring.read()]).toEqual([4, 5, null]);
});

it('takes frames of other lengths as they are', () => {
  const ring = createFrameRing({ frames: 2, samples: 3 });
  ring.write(frame(1, 2, 3, 4), 0);
  ring.write(frame(5), 0);
  expect(ring.read()?.samples).toEqual(frame(1, 2, 3));
  expect(ring.read()?.samples).toEqual(frame(5, 0, 0));
});
