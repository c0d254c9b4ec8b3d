import { expect, it } from 'vitest';
import { bounded, turnOf } from './state.ts';

const said = (who: string, from: number, to: number) => ({
  participationId: who,
  accountId: `${who}-account`,
  from,
  to,
});

it('gives the word to whoever said most lately, since the pause before', () => {
  const spoken = [
    said('anna', 0, 20_000),
    said('wei', 31_000, 34_000),
    said('wei', 36_000, 48_000),
    said('wei', 1, 900),
  ];
  expect(turnOf(spoken, 50_000)).toEqual({ participationId: 'wei', accountId: 'wei-account', since: 31_000 });
});

it('takes the word from nobody for a short remark of somebody else’s', () => {
  const spoken = [said('anna', 10_000, 50_000), said('wei', 48_500, 49_200)];
  expect(turnOf(spoken, 50_000)).toMatchObject({ participationId: 'anna', since: 10_000 });
});

it('gives nobody the word where nobody was heard for a while', () => {
  expect(turnOf([], 1_000)).toBeNull();
  expect(turnOf([said('anna', 0, 10_000)], 14_900)).toMatchObject({ participationId: 'anna' });
  expect(turnOf([said('anna', 0, 10_000)], 15_100)).toBeNull();
});

it('keeps of an interval what its mixer can have heard', () => {
  const heard = { notBefore: 1_000, now: 2_000 };
  expect(bounded({ from: 500, to: 2_500 }, heard)).toEqual({ from: 1_000, to: 2_000 });
  expect(bounded({ from: 0, to: 1_000 }, heard)).toBeNull();
  expect(bounded({ from: 2_000, to: 3_000 }, heard)).toBeNull();
  expect(bounded({ from: 1_500, to: 1_400 }, heard)).toBeNull();
});
