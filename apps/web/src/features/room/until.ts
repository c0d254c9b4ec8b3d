import { useLingui } from '@lingui/react';

/** A moment to come as people say it: the time alone for today, with the day after that. */
export function useUntil(): (atMs: number) => string {
  const { i18n } = useLingui();
  return (atMs) => untilWords({ atMs, nowMs: Date.now(), locale: i18n.locale });
}

export function untilWords(options: { atMs: number; nowMs: number; locale: string; timeZone?: string }): string {
  const { atMs, nowMs, locale, timeZone } = options;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone });
  const today = day.format(atMs) === day.format(nowMs);
  const words = new Intl.DateTimeFormat(locale, {
    ...(today ? {} : { weekday: 'long' as const, day: 'numeric' as const, month: 'long' as const }),
    ...{ hour: 'numeric', minute: '2-digit' },
    timeZone,
  });
  return words.format(atMs);
}
