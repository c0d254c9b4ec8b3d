import { expect, test } from 'vitest';
import { domainOf, oneAddress, readAddress } from './address.ts';

test.each([
  ['Anna.Ferri@Example.ORG ', { kind: 'email', value: 'anna.ferri@example.org' }],
  ['mailto:anna@example.org', { kind: 'email', value: 'anna@example.org' }],
  ['+39 02 1234-5678', { kind: 'phone', value: '+390212345678' }],
  ['0039 (02) 1234.5678', { kind: 'phone', value: '+390212345678' }],
  ['tel:+8613912345678', { kind: 'phone', value: '+8613912345678' }],
  // Without its country a number is somebody else's elsewhere.
  ['02 1234 5678', null],
  ['anna@', null],
  ['anna', null],
  ['', null],
])('%s', (text, address) => {
  expect(readAddress(text)).toEqual(address);
});

test('spellings of one mailbox are one', () => {
  const email = (value: string) => ({ kind: 'email', value }) as const;
  expect(oneAddress(email('anna+news@example.org'))).toBe(oneAddress(email('Anna@example.org')));
  expect(oneAddress(email('+anna@example.org'))).not.toBe(oneAddress(email('@example.org')));
  expect(oneAddress({ kind: 'phone', value: '+391' })).not.toBe(oneAddress(email('+391')));
  expect(domainOf(email('anna@Example.org'))).toBe('example.org');
  expect(domainOf({ kind: 'phone', value: '+39021234567' })).toBe('');
});
