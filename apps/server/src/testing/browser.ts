import type { Browser, CookieOptions } from '../account/browser.ts';

export type TestBrowser = Browser & {
  /** What was set, with its attributes, newest last. */
  readonly written: { name: string; value: string | null; options: CookieOptions }[];
};

/** A browser with a jar of cookies, for tests that call services. */
export function createTestBrowser(options: { address?: string; secure?: boolean } = {}): TestBrowser {
  const jar = new Map<string, string>();
  const written: TestBrowser['written'] = [];
  return {
    address: options.address ?? '192.0.2.1',
    userAgent: 'test browser',
    secure: options.secure ?? false,
    written,
    get cookies() {
      return Object.fromEntries(jar);
    },
    get headers() {
      return new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') });
    },
    setCookie(name, value, attributes) {
      jar.set(name, value);
      written.push({ name, value, options: attributes });
    },
    clearCookie(name, attributes) {
      jar.delete(name);
      written.push({ name, value: null, options: attributes });
    },
  };
}
