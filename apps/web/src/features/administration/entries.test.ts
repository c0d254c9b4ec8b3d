import { expect, test } from 'vitest';
import { entriesIn } from './entries.ts';

test('a table gives its addresses and numbers, without names and headings', () => {
  const table =
    'Name,E-mail,Phone\r\n"Ferri, Anna","anna@example.org",+39 02 1234\nWei;wei@example.org;0086 139 1234\n\n';
  expect(entriesIn(table)).toEqual(['anna@example.org', '+39 02 1234', 'wei@example.org', '0086 139 1234']);
});

test('lines give each once', () => {
  expect(entriesIn('a@example.org\na@example.org\n021234')).toEqual(['a@example.org']);
});
