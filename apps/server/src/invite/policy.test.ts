import type { AccountStatus } from '@salotto/contract';
import { describe, expect, test } from 'vitest';
import { type InviteAction, inviteFault, isOutOfReach, mayInvite } from './policy.ts';

describe('role and action', () => {
  test.each<[InviteAction, boolean]>([
    ['read_own', true],
    ['make', true],
    ['revoke_own', true],
    ['revoke_any', false],
    ['see_branches', false],
    ['act_on_branch', false],
    ['grant', false],
  ])('%s: an administrator, and a person: %s', (action, person) => {
    expect(mayInvite('administrator', action)).toBe(true);
    expect(mayInvite('person', action)).toBe(person);
  });

  test('administrators are out of reach of an act, and so is whoever acts', () => {
    expect(isOutOfReach({ id: 'a', role: 'administrator' }, 'b')).toBe(true);
    expect(isOutOfReach({ id: 'a', role: 'person' }, 'a')).toBe(true);
    expect(isOutOfReach({ id: 'a', role: 'person' }, 'b')).toBe(false);
  });
});

describe('an invite', () => {
  const member = { status: 'member' as AccountStatus, review: false };
  const open = { usesLeft: 1, expiresAt: 101, revokedAt: null };
  test.each([
    ['that never was', undefined, 'unknown'],
    ['of now', { invite: open, inviter: member }, null],
    ['that ends this moment', { invite: { ...open, expiresAt: 100 }, inviter: member }, 'expired'],
    ['that was used up', { invite: { ...open, usesLeft: 0 }, inviter: member }, 'used'],
    ['that was taken back', { invite: { ...open, revokedAt: 50 }, inviter: member }, 'unknown'],
    ['of somebody who is paused', { invite: open, inviter: { ...member, status: 'paused' as const } }, 'unknown'],
    ['of somebody under review', { invite: open, inviter: { ...member, review: true } }, 'unknown'],
  ])('%s', (_name, found, fault) => {
    expect(inviteFault(found, 100)).toBe(fault);
  });
});
