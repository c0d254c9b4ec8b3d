import { Handle } from '@salotto/contract';
import { expect, it } from 'vitest';
import { suggestHandle } from './suggest-handle.ts';

it.each([
  ['Marta Conti', 'marta_conti'],
  ['Élodie Ångström', 'elodie_angstrom'],
  ['3 Colours', 'colours'],
  ['王小明', ''],
])('proposes for %s: %s', (name, handle) => expect(suggestHandle(name)).toBe(handle));

it('proposes what the contract accepts, whatever the length', () => {
  expect(Handle.safeParse(suggestHandle('Maximiliana Alexandrowna of Somewhere Far')).success).toBe(true);
});
