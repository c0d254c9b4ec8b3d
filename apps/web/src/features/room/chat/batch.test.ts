import { expect, it } from 'vitest';
import { createFakeTimers } from '../../../media/fake-timers.ts';
import { createBatch } from './batch.ts';

it('gives away together what came within the time, and nothing once it has stopped', async () => {
  const { timers, pass } = createFakeTimers();
  const given: (readonly number[])[] = [];
  const batch = createBatch<number>({ timers, everyMs: 1_000, give: (items) => given.push(items) });
  batch.add([]);
  batch.add([1]);
  await pass(500);
  batch.add([2, 3]);
  await pass(500);
  batch.add([4]);
  await pass(1_000);
  batch.add([5]);
  batch.stop();
  await pass(1_000);
  expect(given).toEqual([[1, 2, 3], [4]]);
});
