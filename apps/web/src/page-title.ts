import { useEffect } from 'react';
import { useAbout } from './me.ts';

/** What the browser's tab says: the page, then this server's own name. Nothing changes while `page` is not known yet. */
export function usePageTitle(page: string | undefined): void {
  const server = useAbout()?.name ?? 'Salotto';
  useEffect(() => {
    if (page !== undefined) document.title = page === '' ? server : `${page} · ${server}`;
  }, [page, server]);
}
