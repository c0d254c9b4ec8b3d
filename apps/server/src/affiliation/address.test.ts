import { expect, test } from 'vitest';
import { isFreeMail, readWorkAddress } from './address.ts';

test.each([
  ['gmail.com', true],
  ['vip.qq.com', true],
  ['students.libero.it', true],
  ['163.com', true],
  ['example.org', false],
  ['notgmail.com', false],
  ['gmail.com.example.org', false],
])('%s', (domain, free) => expect(isFreeMail(domain)).toBe(free));

test.each(
  [
    'info',
    'INFO',
    'all',
    'all-milano',
    'team.sales',
    'sales-support',
    'no-reply',
    'customer.service',
    'segreteria',
    'hr+wei',
    'list-board',
  ].map((local) => [`${local}@example.org`]),
)('%s is nobody’s own', (address) => expect(readWorkAddress(address)).toBe('role_address'));

test.each([['allison@example.org'], ['tim.sales@example.org'], ['it.rossi@example.org'], ['info.rossi@example.org']])(
  '%s may be somebody',
  (address) => expect(readWorkAddress(address)).toMatchObject({ address }),
);

test.each([
  ['anna'],
  ['anna@'],
  ['@example.org'],
  ['anna@example'],
  ['an na@example.org'],
  ['+x@example.org'],
  ['a@b@c.org'],
  [`${'a'.repeat(65)}@example.org`],
])('%s is no address', (address) => expect(readWorkAddress(address)).toBe('shape'));

test('free mail says nothing', () => expect(readWorkAddress('anna.ferri@gmail.com')).toBe('free_mail'));

test('one mailbox, however it is written', () => {
  expect(readWorkAddress(' Anna.Ferri+Salotto@Hospital.Example.org ')).toEqual({
    address: 'anna.ferri+salotto@hospital.example.org',
    mailbox: 'anna.ferri@hospital.example.org',
    domain: 'hospital.example.org',
  });
});
