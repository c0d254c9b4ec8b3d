import { useLingui } from '@lingui/react';
import { useMemo } from 'react';

/** When a link ends, in the words of the language of the moment: "Wed, 09:30". */
export function useUntil(): (atMs: number) => string {
  const { i18n } = useLingui();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
    return (atMs) => format.format(atMs);
  }, [i18n.locale]);
}
