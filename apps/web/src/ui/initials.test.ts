import { expect, it } from 'vitest';
import { initials, tint } from './initials.ts';

it.each([
  ['Marta Conti', 'MC'],
  ['Anna Maria de Rossi', 'AR'],
  ['cher', 'C'],
  ['王小明', '小明'],
  ['张伟', '张伟'],
  ['Élodie Ångström', 'ÉÅ'],
  ['  ', '?'],
])('draws %s as %s', (name, letters) => expect(initials(name)).toBe(letters));

it('gives a name one of eight tints, always the same', () => {
  const names = Array.from({ length: 400 }, (_, index) => `Person ${index}`);
  const counts = new Map<number, number>();
  for (const name of names) counts.set(tint(name), (counts.get(tint(name)) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(Math.max(...counts.values())).toBeLessThan(100);
  expect(tint('Marta Conti')).toBe(tint('Marta Conti'));
});
