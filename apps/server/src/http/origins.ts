import type { Lan } from '../lan/lan.ts';

/** Which origins may talk to this server with a person's cookies: its own, and nobody else's. */
export function createOrigins(options: { publicUrls: readonly string[]; port: () => number; lan?: Lan | null }) {
  const { lan = null } = options;
  const configured = new Set(options.publicUrls.map((url) => new URL(url).origin));
  const own = () => ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${options.port()}`);
  return {
    isAllowed: (origin: string): boolean =>
      (configured.size > 0 ? configured.has(origin) : own().includes(origin)) || lan?.isOwnOrigin(origin) === true,
    /** Every address of the configuration is under TLS, or one is: then the others are for the operator's own use. */
    secure: !lan && [...configured].some((origin) => origin.startsWith('https:')),
    /** On a local network there are addresses with and without TLS: cookies are `Secure` where the page is. */
    byConnection: lan !== null,
    /** A name that somebody else's DNS points here is not this server's. Behind a proxy that is the proxy's business. */
    isHost: (host: string): boolean => lan === null || lan.isOwnHost(host),
  };
}

export type Origins = ReturnType<typeof createOrigins>;
