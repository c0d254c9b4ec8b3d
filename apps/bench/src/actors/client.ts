import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '@salotto/contract';

export type Api = ContractRouterClient<typeof contract>;

/** One person's way to the server: the typed API with a cookie jar, as a browser tab would have it. */
export type Client = {
  readonly origin: string;
  readonly api: Api;
  /** The `Cookie` header for whatever else this person opens. */
  cookie(): string;
};

const CALL_TIMEOUT_MS = 10_000;

/** `origin` is the server's own, such as `http://127.0.0.1:8080`. Calls reject with the contract's errors. */
export function createClient(origin: string): Client {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  function keep(header: string): void {
    const [pair = '', ...attributes] = header.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    const ended = value === '' || attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
    if (ended) jar.delete(name);
    else jar.set(name, value);
  }

  const link = new RPCLink({
    url: `${origin}/api/rpc`,
    headers: () => ({ origin, ...(jar.size > 0 && { cookie: cookie() }) }),
    async fetch(request, init) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]);
      const response = await fetch(request, { ...init, signal });
      for (const header of response.headers.getSetCookie()) keep(header);
      return response;
    },
  });
  return { origin, api: createORPCClient<Api>(link), cookie };
}
