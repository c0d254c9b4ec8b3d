import type { Door } from '@salotto/contract';
import { describe, expect, test } from 'vitest';
import { type Admission, admission, type DoorAction, mayKeepDoor } from './policy.ts';

const somebody = { invited: false, listed: false };
const listed = { invited: false, listed: true };
const invited = { invited: true, listed: false };

describe('somebody new', () => {
  test.each<[Door | 'unclaimed', Admission, Admission, Admission]>([
    // door, anybody, on the list, invited
    ['open', 'admitted', 'admitted', 'admitted'],
    ['waiting', 'waits', 'admitted', 'admitted'],
    ['gated', 'refused', 'admitted', 'admitted'],
    ['closed', 'refused', 'refused', 'admitted'],
    ['unclaimed', 'refused', 'refused', 'refused'],
  ])('at a door that is %s', (door, anybody, onList, withInvite) => {
    expect(admission(door, somebody)).toBe(anybody);
    expect(admission(door, listed)).toBe(onList);
    expect(admission(door, invited)).toBe(withInvite);
  });
});

test.each<DoorAction>(['read', 'change', 'list'])('%s is for administrators alone', (action) => {
  expect(mayKeepDoor('administrator', action)).toBe(true);
  expect(mayKeepDoor('person', action)).toBe(false);
});
