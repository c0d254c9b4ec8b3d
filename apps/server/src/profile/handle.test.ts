import { describe, expect, test } from 'vitest';
import { handleFault, handleSkeleton } from './handle.ts';

describe('a handle', () => {
  test.each([
    ['anna', null],
    ['anna_ferri', null],
    ['a1b', null],
    ['x'.repeat(20), null],
    ['samira', null],
    ['roomy', null],
    ['an', 'shape'],
    ['x'.repeat(21), 'shape'],
    ['1anna', 'shape'],
    ['_anna', 'shape'],
    ['Anna', 'shape'],
    [' anna', 'shape'],
    ['anna ferri', 'shape'],
    ['ànna', 'shape'],
    ['аnna', 'shape'],
    ['anna-f', 'shape'],
    ['', 'shape'],
    ['admin', 'reserved'],
    ['adm1n', 'reserved'],
    ['a_d_m_i_n', 'reserved'],
    ['adrnin', 'reserved'],
    ['admin_milano', 'reserved'],
    ['moderator', 'reserved'],
    ['m0derat0r', 'reserved'],
    ['salotto', 'reserved'],
    ['sal0tto', 'reserved'],
    ['salotto_help', 'reserved'],
    ['support', 'reserved'],
    ['api', 'reserved'],
    ['rtc', 'reserved'],
    ['settings', 'reserved'],
    ['set_t1ngs', 'reserved'],
  ] as const)('%j: %s', (handle, fault) => {
    expect(handleFault(handle)).toBe(fault);
  });

  test.each([
    ['anna', 'ann4'],
    ['paolo', 'pa010'],
    ['paolo', 'paoio'],
    ['marta', 'rnarta'],
    ['marta', 'ma_rta'],
    ['wei', 'vvei'],
    ['wei', 'we1'],
    ['simon', '5imon'],
    ['simon', 's1rnon'],
    ['david', 'clavid'],
    ['david', 'c1avid'],
    ['laura', 'lavra'],
    ['zoe', '2oe'],
    ['bob', '8o8'],
    ['gigi', '9i9i'],
    ['jim', 'iim'],
  ])('%s looks like %s', (one, other) => {
    expect(handleSkeleton(other)).toBe(handleSkeleton(one));
  });

  test.each([
    ['anna', 'hanna'],
    ['marta', 'maria'],
    ['tom', 'tim'],
    ['paolo', 'paola'],
    ['marc', 'mark'],
  ])('%s does not look like %s', (one, other) => {
    expect(handleSkeleton(other)).not.toBe(handleSkeleton(one));
  });

  test('folding twice changes nothing more', () => {
    for (const handle of ['anna', 'rrn', 'vvv', 'c11', 'ccl', 'rn_n', 'r_n']) {
      expect(handleSkeleton(handleSkeleton(handle))).toBe(handleSkeleton(handle));
    }
  });
});
