import type { CookieOptions } from './browser.ts';

/** Under TLS the prefix makes browsers refuse such a cookie from any other host or from plain HTTP. */
const PREFIX = '__Host-';
const NAMES = { signIn: 'salotto', code: 'salotto-code', device: 'salotto-device' } as const;
export type CookieKind = keyof typeof NAMES;

export function cookieName(kind: CookieKind, secure: boolean): string {
  return secure ? `${PREFIX}${NAMES[kind]}` : NAMES[kind];
}

export function cookieOptions(secure: boolean, maxAgeMs?: number): CookieOptions {
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return maxAgeMs === undefined ? options : { ...options, maxAge: Math.floor(maxAgeMs / 1000) };
}

/** The value of the first cookie of this name in a `Cookie` header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
