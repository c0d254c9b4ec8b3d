import { expect, test } from 'vitest';
import { SHORTCUTS, shortcutOf } from './shortcuts.ts';

test('every shortcut has a key of its own', () => {
  const keys = Object.values(SHORTCUTS).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys stand for shortcuts in either case, others for none', () => {
  expect(['M', 'm', 'H', 'c', '?', 'x', 'Enter'].map(shortcutOf)).toEqual([
    'microphone',
    'microphone',
    'hand',
    'chat',
    'help',
    null,
    null,
  ]);
});
