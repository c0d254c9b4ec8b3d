import { expect, test } from 'vitest';
import { mayUseWaitlist, mayWaveIn, type WaitlistAction } from './policy.ts';

test.each<[WaitlistAction, boolean]>([
  ['know', true],
  ['wave_in', true],
  ['list', false],
  ['admit', false],
  ['plan_cohort', false],
])('%s: an administrator, and a person: %s', (action, person) => {
  expect(mayUseWaitlist('administrator', action)).toBe(true);
  expect(mayUseWaitlist('person', action)).toBe(person);
});

test('somebody is waved in by a member who knows them and may bring people', () => {
  const yes = { waits: true, knows: true, underReview: false };
  expect(mayWaveIn(yes)).toBe(true);
  expect(mayWaveIn({ ...yes, waits: false })).toBe(false);
  expect(mayWaveIn({ ...yes, knows: false })).toBe(false);
  expect(mayWaveIn({ ...yes, underReview: true })).toBe(false);
});
