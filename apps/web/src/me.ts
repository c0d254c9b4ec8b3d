import type { Me, PersonCard } from '@salotto/contract';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { showLocale } from './i18n.ts';
import { query, rpc } from './rpc.ts';
import { sayGoodbye } from './sign-out.ts';
import { useUpdates, useUpdatesState } from './updates/index.ts';

export const aboutOptions = () => query.about.get.queryOptions({ staleTime: Number.POSITIVE_INFINITY });
export const meOptions = () => query.account.me.queryOptions({ staleTime: 60_000 });

/** Who is signed in; null for a visitor. Routes have loaded it before any page is shown. */
export function useMe(): Me | null {
  return useQuery(meOptions()).data ?? null;
}

/** The signed-in person, on pages that only such a one reaches. */
export function usePerson(): PersonCard {
  const person = useMe()?.person;
  if (!person) throw new Error('usePerson is for pages behind the sign-in.');
  return person;
}

export function useAbout() {
  return useQuery(aboutOptions()).data ?? null;
}

/** Puts a fresh answer of the server about the signed-in person everywhere it matters. */
export function useSetMe(): (me: Me | null) => Promise<void> {
  const client = useQueryClient();
  const updates = useUpdates();
  return async (me) => {
    const { queryKey } = meOptions();
    // Of the same person everything stays: what is on the screen would lose its answers, and wait for the next look.
    if (client.getQueryData(queryKey)?.id !== me?.id) forgetOthers(client);
    client.setQueryData(queryKey, me);
    updates.restart();
    // Who looks around through a demo person's eyes keeps their own language.
    if (me && !me.demo) await showLocale(me.locale);
  };
}

/** What one person saw is not for the next one on this device. */
function forgetOthers(client: QueryClient) {
  const keep = new Set([JSON.stringify(aboutOptions().queryKey), JSON.stringify(meOptions().queryKey)]);
  client.removeQueries({ predicate: ({ queryKey }) => !keep.has(JSON.stringify(queryKey)) });
}

/** Looks again who is signed in when the updates connection was closed for it: signed out in another tab, or ended. */
export function useNoticeSignOut(): void {
  const client = useQueryClient();
  const { connection } = useUpdatesState();
  useEffect(() => {
    if (connection === 'signed_out') void client.invalidateQueries({ queryKey: meOptions().queryKey });
  }, [connection, client]);
}

/** Signs out on this device and goes to the first screen, which then has no way back to what was private. */
export function useSignOut(): () => Promise<void> {
  const setMe = useSetMe();
  const navigate = useNavigate();
  return async () => {
    // A room goes on without its page: the seat, and the sound, would outlive the sign-out.
    await sayGoodbye();
    await rpc.account.signOut();
    await navigate({ to: '/' });
    await setMe(null);
  };
}
