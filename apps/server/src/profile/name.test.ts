import { describe, expect, it } from 'vitest';
import { isReservedName, nameSkeleton } from './name.ts';

describe('names that look alike', () => {
  it.each([
    ['Anna', 'Аnnа', 'Cyrillic'],
    ['Anna', 'anna', 'capitals'],
    ['Anna', 'Änna', 'marks'],
    ['Anna', 'A.n n-a', 'signs and spaces'],
    ['Paolo', 'Pa0l0', 'digits'],
    ['Paolo', 'Ραοlο', 'Greek'],
    ['Bill', 'BiII', 'i for l'],
    ['Anna', 'Ａｎｎａ', 'wide letters'],
  ])('%s and %s (%s)', (one, other) => {
    expect(nameSkeleton(one)).toBe(nameSkeleton(other));
  });

  it.each([
    ['Anna', 'Hanna'],
    ['韦明', '韦民'],
    ['😀', '😁'],
    ['Marco', 'Marta'],
  ])('%s and %s do not', (one, other) => {
    expect(nameSkeleton(one)).not.toBe(nameSkeleton(other));
  });

  it('keeps names for those who speak for the room or the server', () => {
    expect(['Moderator', 'Mоderator', 'Admin Milano', 'Salotto Support', 'S U P P O R T'].map(isReservedName)).toEqual(
      Array(5).fill(true),
    );
    expect(['Anna', 'Mode', 'Supper'].map(isReservedName)).toEqual([false, false, false]);
  });
});
