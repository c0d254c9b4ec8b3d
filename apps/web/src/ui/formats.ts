import { useLingui } from '@lingui/react';
import type { Locale, Topic } from '@salotto/contract';
import { useMemo } from 'react';
import { currentLocale, LOCALE_NAMES } from '../i18n.ts';

/** How numbers, lists, dates and topics are written in the language of the moment. */
export function useFormats() {
  const { i18n } = useLingui();
  return useMemo(() => formats(i18n.locale as Locale), [i18n.locale]);
}

function formats(locale: Locale) {
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    locale,
    /** "3 minutes ago" */
    ago(atMs: number, nowMs: number) {
      const minutes = Math.min(0, Math.round((atMs - nowMs) / 60_000));
      if (minutes > -60) return relative.format(minutes, 'minute');
      if (minutes > -24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
      return relative.format(Math.round(minutes / (24 * 60)), 'day');
    },
    number: (value: number) => numbers.format(value),
    percent: (share: number) => percents.format(share),
    list: (values: string[]) => values.join(locale === 'zh' ? '、' : ', '),
    month: (atMs: number) => months.format(atMs),
    topic: (topic: Topic) => topic.names[locale] ?? topic.names.en,
    language: (value: Locale) => LOCALE_NAMES[value] ?? currentLocale(),
  };
}

/** The part of a name that friends use: the first word; a Chinese name stays whole. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}
