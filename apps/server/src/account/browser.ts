export type CookieOptions = {
  httpOnly: boolean;
  sameSite: 'lax' | 'strict';
  secure: boolean;
  path: '/';
  /** Seconds; absent for a cookie that ends with the browser. */
  maxAge?: number;
};

/** One request's browser, as account rules see it: who asks from where, and what can be left with it. */
export type Browser = {
  /** The client's IP address, as far as the operator's own proxies are trusted. */
  address: string;
  userAgent: string;
  cookies: Record<string, string | undefined>;
  headers: Headers;
  setCookie(name: string, value: string, options: CookieOptions): void;
  clearCookie(name: string, options: CookieOptions): void;
  /** The page was opened under TLS. */
  secure: boolean;
};
