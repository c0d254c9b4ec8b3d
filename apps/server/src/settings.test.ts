import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeSettings, SETTINGS } from './settings.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

test('the README has the table of settings, word for word', () => {
  const table = readme.split('\n\n').find((part) => part.startsWith('| Setting |'));
  expect(table).toBe(describeSettings());
});

test('the README names no setting that there is not', () => {
  const named = [...readme.matchAll(/^([A-Z]+(?:_[A-Z]+)*)=/gm), ...readme.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)];
  const known = new Set([...Object.keys(SETTINGS), 'SALOTTO_CHROMIUM']);
  expect(named.map(([, name]) => name ?? '').filter((name) => !known.has(name))).toEqual([]);
});
