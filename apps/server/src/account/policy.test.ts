import { isContractProcedure } from '@orpc/contract';
import { type AccountStatus, contract } from '@salotto/contract';
import { describe, expect, test } from 'vitest';
import { mayCall } from './policy.ts';

function procedures(node: unknown = contract, path: string[] = []): string[][] {
  if (isContractProcedure(node)) return [path];
  return Object.entries(node as object).flatMap(([key, child]) => procedures(child, [...path, key]));
}

const allowed = (status: AccountStatus) =>
  procedures()
    .filter((path) => mayCall(status, path))
    .map((path) => path.join('.'))
    .filter((name) => !/^(account|device|about|topic)\./.test(name));

describe('what one may call', () => {
  test('as a member everything', () => {
    expect(procedures().every((path) => mayCall('member', path))).toBe(true);
  });

  test('while waiting, beside one’s own account, only how one is seen and one’s place', () => {
    expect(allowed('waiting')).toEqual([
      ...['profile.update', 'profile.setPicture', 'profile.removePicture'],
      ...['waitlist.mine', 'waitlist.describe', 'waitlist.leave'],
    ]);
  });

  test('while paused nothing but one’s own account and its end; removed nothing', () => {
    for (const status of ['paused', 'leaving'] as const) {
      expect(allowed(status)).toEqual(['leaving.ask', 'leaving.mine', 'leaving.comeBack']);
    }
    expect(procedures().some((path) => mayCall('removed', path))).toBe(false);
  });
});
