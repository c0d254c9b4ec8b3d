import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract, ErrorCode, PersonCard } from '@salotto/contract';

/** The only file that knows addresses of the server. */
const link = new RPCLink({
  url: () => `${location.origin}/api/rpc`,
  fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
});

/** Calls procedures of the contract: `await rpc.room.start({ title, … })`. */
export const rpc: ContractRouterClient<typeof contract> = createORPCClient(link);

/** The same tree as options for TanStack Query: `useQuery(query.hallway.get.queryOptions())`. */
export const query = createTanstackQueryUtils(rpc);

/** What the server refused with; its `code` is one of the contract's, unless the server itself failed. */
export type Refusal = { code: ErrorCode | (string & {}); data: Record<string, unknown> };

/** The server's refusal in an error; null when there was no answer at all. */
export function refusal(error: unknown): Refusal | null {
  if (!(error instanceof ORPCError)) return null;
  const data: unknown = error.data;
  return { code: error.code, data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {} };
}

/** Address of somebody's picture, or null where initials are drawn. */
export function pictureUrl(person: Pick<PersonCard, 'picture'>): string | null {
  return person.picture;
}

/** Address of a one-time link, or of a guest link (`g`); its secret stands where no server and no log sees it. */
export function linkUrl(token: string, page: 'enter' | 'g' = 'enter'): string {
  return `${location.origin}/${page}#${token}`;
}

/** Address of the updates socket on this origin. */
export function updatesUrl(): string {
  return `${location.origin.replace(/^http/, 'ws')}/updates`;
}

/** Address of a room, for people who are not in it yet. */
export function roomUrl(roomId: string): string {
  return `${location.origin}/rooms/${roomId}`;
}
