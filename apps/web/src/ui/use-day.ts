import { useLingui } from '@lingui/react';

/** A moment that may be months away, as a date in the language of the moment. */
export function useDay(): (atMs: number) => string {
  const { i18n } = useLingui();
  return (atMs) => new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' }).format(atMs);
}
