import { i18n } from '@lingui/core';
import type { Locale } from '@salotto/contract';
import { readStored, writeStored } from './theme.ts';

/** Each catalog is a file of its own, loaded when its language is shown: the first screens, and everything else. */
const first = {
  en: () => import('./locales/first/en.po'),
  it: () => import('./locales/first/it.po'),
  zh: () => import('./locales/first/zh.po'),
} satisfies Record<Locale, () => Promise<unknown>>;
const later = {
  en: () => import('./locales/later/en.po'),
  it: () => import('./locales/later/it.po'),
  zh: () => import('./locales/later/zh.po'),
} satisfies Record<Locale, () => Promise<unknown>>;
let wantsLater = false;

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
  const [{ messages }, more] = await Promise.all([first[locale](), wantsLater ? later[locale]() : null]);
  i18n.loadAndActivate({ locale, messages: { ...messages, ...more?.messages } });
  document.documentElement.lang = locale;
  writeStored(KEY, locale);
}

/** Loads the sentences of the pages that are not the first; they come before such a page does. */
export async function loadLaterSentences(): Promise<void> {
  if (wantsLater) return;
  const locale = currentLocale();
  const [{ messages }] = await Promise.all([later[locale](), import('./ui/later-errors.ts')]);
  wantsLater = true;
  i18n.load(locale, messages);
  // Another language was chosen meanwhile.
  if (currentLocale() !== locale) i18n.load(currentLocale(), (await later[currentLocale()]()).messages);
}

export function currentLocale(): Locale {
  return isLocale(i18n.locale) ? i18n.locale : 'en';
}
