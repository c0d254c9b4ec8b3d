import { Email } from '@salotto/contract';

/** How somebody proves who they are: by mail or by phone. */
export type Address = { kind: 'email' | 'phone'; value: string };

/** Country and number, without what people write between digits. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/** Reads what somebody wrote as an address or a number with its country; null where it is neither. */
export function readAddress(text: string): Address | null {
  if (text.includes('@')) {
    const email = Email.safeParse(text.trim().replace(/^mailto:/i, ''));
    return email.success ? { kind: 'email', value: email.data } : null;
  }
  const digits = text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/[\s().\-/\u00a0]/g, '')
    .replace(/^00/, '+');
  return PHONE.test(digits) ? { kind: 'phone', value: digits } : null;
}

/** The same person's other spellings of an address are one: what follows a plus is theirs to choose. */
export function oneAddress({ kind, value }: Address): string {
  const [local = '', domain = ''] = kind === 'email' ? value.toLowerCase().split('@') : [];
  return kind === 'email' ? `email:${local.replace(/(?<=.)\+.*$/, '')}@${domain}` : `phone:${value}`;
}

/** The part after the `@`; empty for a phone number. */
export function domainOf({ kind, value }: Address): string {
  return kind === 'email' ? value.slice(value.lastIndexOf('@') + 1).toLowerCase() : '';
}
