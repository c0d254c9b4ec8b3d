import { randomBytes } from 'node:crypto';

/** Digits and letters of which no two look alike. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_SIGNS = 12;

/** Sixty random bits. */
export function randomCode(): string {
  return [...randomBytes(CODE_SIGNS)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
}
