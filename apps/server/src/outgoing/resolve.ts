import { Resolver } from 'node:dns/promises';

/** All addresses of a name, in order of preference; none where there is no such name. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<string[]>;

const TIMEOUT_MS = 2_000;

/**
 * Asks the name servers and nobody else: the machine's own list of hosts names only what is inside, and its resolver
 * would hold one of few threads for as long as somebody's slow name server likes. `servers` in place of the machine's.
 */
export function createDnsResolve(servers?: readonly string[]): Resolve {
  return async (host, signal) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
    if (servers) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const none = () => [];
      const [six, four] = await Promise.all([resolver.resolve6(host).catch(none), resolver.resolve4(host).catch(none)]);
      return [...six, ...four];
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}
