import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { MIXER_PATH, type mixerContract } from '@salotto/contract';

/** The server, as mixers may use it. */
export type Server = ContractRouterClient<typeof mixerContract>;

const CALL_MS = 5_000;

export function createServerClient(options: { serverUrl: string; token: string }): Server {
  const link = new RPCLink({
    url: `${options.serverUrl}${MIXER_PATH}`,
    headers: { authorization: `Bearer ${options.token}` },
    fetch: (request, init) =>
      fetch(request, { ...init, signal: AbortSignal.any([request.signal, AbortSignal.timeout(CALL_MS)]) }),
  });
  return createORPCClient<Server>(link);
}

/** A newer mixer has this room. */
export const isLeaseLost = (error: unknown): boolean => error instanceof ORPCError && error.code === 'NOT_FOUND';
