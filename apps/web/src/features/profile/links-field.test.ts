import { expect, test } from 'vitest';
import { typedLink } from './links-field.tsx';

test.each([
  ['example.org', 'https://example.org/'],
  [' https://example.org/a b ', 'https://example.org/a%20b'],
  ['www.example.org/x?y=1', 'https://www.example.org/x?y=1'],
  ['http://example.org', null],
  ['javascript:alert(1)', null],
  ['mailto:anna@example.org', null],
  ['https://anna:secret@example.org', null],
  ['example', null],
  ['', null],
])('%s', (typed, link) => expect(typedLink(typed)).toBe(link));
