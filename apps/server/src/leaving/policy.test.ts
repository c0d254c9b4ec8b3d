import type { AccountRole, AccountStatus } from '@salotto/contract';
import { expect, test } from 'vitest';
import { leavingRefusal } from './policy.ts';

type Case = [AccountRole, AccountStatus, number, ReturnType<typeof leavingRefusal>];

test.each<Case>([
  ['person', 'member', 0, null],
  ['person', 'paused', 0, null],
  ['person', 'waiting', 1, 'waiting'],
  ['person', 'leaving', 1, 'leaving'],
  ['person', 'removed', 1, 'paused'],
  ['administrator', 'member', 1, 'last_administrator'],
  ['administrator', 'member', 2, null],
  // Kept out by others: the server has its administrators already.
  ['administrator', 'paused', 1, null],
])('%s, %s, %i administrators inside: %s', (role, status, administrators, refusal) => {
  expect(leavingRefusal({ role, status, administrators, demo: false })).toBe(refusal);
  expect(leavingRefusal({ role, status, administrators, demo: true })).toBe('role');
});
