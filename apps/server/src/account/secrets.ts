import { createHash, createHmac, randomBytes } from 'node:crypto';

/** For random tokens of full length: nobody can guess their way back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export type KeyedHash = (purpose: 'address' | 'code' | 'network' | 'door' | 'invite' | 'book', text: string) => string;

/** For what could be guessed (codes, addresses): the server's secret goes in. */
export function createKeyedHash(secret: string): KeyedHash {
  return (purpose, text) => createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');
}
