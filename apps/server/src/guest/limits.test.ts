import { expect, it } from 'vitest';
import { createMemoryWindows } from '../account/window.ts';
import { createTestClock } from '../testing/clock.ts';
import { createGuestLimits } from './limits.ts';

const refusals = async (calls: (() => Promise<void>)[]) => {
  let refused = 0;
  for (const call of calls) await call().catch(() => refused++);
  return refused;
};

it('let a whole hall in by one address, and no flood', async () => {
  const clock = createTestClock();
  const limits = createGuestLimits({ windows: createMemoryWindows(clock.now), perAddress: 100 });
  const come = (address: string) => () => limits.enter({ address, linkId: 'one' });
  expect(await refusals(Array(130).fill(come('203.0.113.7')))).toBe(30);
  expect(await refusals([come('198.51.100.9')])).toBe(0);
  expect(await refusals(Array(410).fill(() => limits.look('203.0.113.7')))).toBe(10);
  clock.advance(15 * 60_000);
  expect(await refusals([come('203.0.113.7')])).toBe(0);
});

it('bound what comes by one link from many addresses, and nothing by address on one’s own machine', async () => {
  const clock = createTestClock();
  const limits = createGuestLimits({ windows: createMemoryWindows(clock.now), perAddress: null });
  const calls = Array.from({ length: 3_010 }, () => () => limits.enter({ address: '127.0.0.1', linkId: 'one' }));
  expect(await refusals(calls)).toBe(10);
  expect(await refusals([() => limits.enter({ address: '127.0.0.1', linkId: 'other' })])).toBe(0);
});
