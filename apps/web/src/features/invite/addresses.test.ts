import { expect, test } from 'vitest';
import { addressesIn } from './addresses.ts';

test('contacts of a phone', () => {
  const card = [
    'BEGIN:VCARD',
    'FN:Anna Ferri',
    'EMAIL;TYPE=INTERNET:anna@example.org',
    'item1.EMAIL:anna.work@press.example',
    'TEL;TYPE=CELL:+39 02 1234-5678',
    'TEL:02 1234',
    'END:VCARD',
  ].join('\r\n');
  expect(addressesIn(card)).toEqual(['anna@example.org', 'anna.work@press.example', '+39 02 1234-5678']);
});

test('a table, and lines; each once', () => {
  expect(addressesIn('"Wei <wei@example.org>",0086 139 1234 5678\nwei@example.org')).toEqual([
    'wei@example.org',
    '0086 139 1234 5678',
  ]);
  expect(addressesIn('nobody here, 2026-11-24')).toEqual([]);
});
