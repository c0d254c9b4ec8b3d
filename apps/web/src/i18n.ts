import { i18n } from '@lingui/core';
import type { Locale } from '@salotto/contract';
import { readStored, writeStored } from './theme.ts';

/** Each catalog is a file of its own, loaded when its language is shown. */
const catalogs = {
  en: () => import('./locales/en.po'),
  it: () => import('./locales/it.po'),
  zh: () => import('./locales/zh.po'),
} satisfies Record<Locale, () => Promise<unknown>>;

export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', it: 'Italiano', zh: '中文' };
export const LOCALES = Object.keys(LOCALE_NAMES) as Locale[];

const KEY = 'salotto.locale';
const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/** The first of the wanted languages that is spoken here, else English. */
export function pickLocale(wanted: readonly string[]): Locale {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLocale) ?? 'en';
}

/** What was shown here last, else the browser's wish. */
export function firstLocale(): Locale {
  const stored = readStored(KEY);
  return isLocale(stored) ? stored : pickLocale(navigator.languages);
}

/** Loads and shows a language, and keeps it for the next visit on this device. */
export async function showLocale(locale: Locale): Promise<void> {
  if (i18n.locale === locale) return;
  const { messages } = await catalogs[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  writeStored(KEY, locale);
}

export function currentLocale(): Locale {
  return isLocale(i18n.locale) ? i18n.locale : 'en';
}
