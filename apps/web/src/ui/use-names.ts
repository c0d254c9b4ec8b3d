import { useLingui } from '@lingui/react';
import { INDUSTRIES, type Industry, type Locale, SPOKEN_LANGUAGES, type SpokenLanguage } from '@salotto/contract';
import { useMemo } from 'react';

/** What industries and spoken languages are called in the language of the moment, in its order. */
export function useNames() {
  const { i18n } = useLingui();
  return useMemo(() => names(i18n.locale as Locale), [i18n.locale]);
}

function names(locale: Locale) {
  const languageNames = new Intl.DisplayNames(locale, { type: 'language' });
  const order = new Intl.Collator(locale);
  const industryOf = new Map<string, string>(INDUSTRIES.map(({ id, names: name }) => [id, name[locale]]));
  const language = (code: SpokenLanguage) => languageNames.of(code) ?? code;
  const industry = (id: Industry) => industryOf.get(id) ?? id;
  const sorted = <Value extends string>(values: readonly Value[], name: (value: Value) => string) =>
    values.map((value) => ({ value, name: name(value) })).sort((a, b) => order.compare(a.name, b.name));
  return {
    industry,
    language,
    industries: sorted(
      INDUSTRIES.map(({ id }) => id),
      industry,
    ),
    languages: sorted(SPOKEN_LANGUAGES, language),
  };
}
