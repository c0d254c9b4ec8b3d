import { expect, test } from 'vitest';
import { cleanLine, cleanLines } from './text.ts';

test.each([
  ['  Anna \t\n Ferri ', 'Anna Ferri'],
  ['Anna\u202egpj.exe', 'Annagpj.exe'],
  ['An\u200bna\u2060', 'Anna'],
  ['\u2066Anna\u2069', 'Anna'],
  ['Anna\u0000\u0007', 'Anna'],
  ['\ufeffAnna\u00ad', 'Anna'],
  ['\u3164', ''],
  ['\u200d\u200d', ''],
  ['Anna\u200d', 'Anna'],
  ['A\u{e0041}nna', 'Anna'],
  ['e\u0301', 'é'],
  [`a${'\u0310'.repeat(30)}`, `a${'\u0310'.repeat(4)}`],
  ['韦明', '韦明'],
  ["D'Àgostino-Łuk", "D'Àgostino-Łuk"],
  ['👩‍🚀', '👩‍🚀'],
  ['👩🏽‍🚀', '👩🏽‍🚀'],
  ['می‌خواهم', 'می‌خواهم'],
])('%j is read as %j', (text, clean) => {
  expect(cleanLine(text)).toBe(clean);
});

test('lines stay lines', () => {
  expect(cleanLines('one \r\n\u202etwo\n\n\n\n three\n')).toBe('one\ntwo\n\nthree');
});
