import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** For random tokens of full length: nobody can guess their way back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** In the same time wherever they differ; only another length is found out sooner, so hashes are what to compare. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export type KeyedHash = (purpose: 'address' | 'code' | 'network' | 'door' | 'invite' | 'book', text: string) => string;

/** For what could be guessed (codes, addresses): the server's secret goes in. */
export function createKeyedHash(secret: string): KeyedHash {
  return (purpose, text) => createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
}
