import { expect, it } from 'vitest';
import { participation } from './room-fixtures.ts';
import { createTabs } from './tabs.ts';

it('tells every other tab which place is used here, and not this one', async () => {
  const told = await new Promise<string>((resolve, reject) => {
    const first = createTabs({ onTaken: (participationId) => done(() => resolve(participationId)) });
    const second = createTabs({ onTaken: () => done(() => reject(new Error('told itself'))) });
    const done = (answer: () => void) => {
      first.close();
      second.close();
      answer();
    };
    second.take(participation('wei'));
  });
  expect(told).toBe(participation('wei'));
});
