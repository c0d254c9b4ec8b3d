/** Which origins may talk to this server with a person's cookies: its own, and nobody else's. */
export function createOrigins(options: { publicUrls: readonly string[]; port: () => number }) {
  const configured = new Set(options.publicUrls.map((url) => new URL(url).origin));
  const own = () => ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${options.port()}`);
  return {
    isAllowed: (origin: string): boolean => (configured.size > 0 ? configured.has(origin) : own().includes(origin)),
    /** Cookies are `Secure` where the page is reached under TLS. */
    secure: [...configured].some((origin) => origin.startsWith('https:')),
  };
}

export type Origins = ReturnType<typeof createOrigins>;
