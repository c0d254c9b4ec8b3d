import { INDUSTRIES, type Industry, type SpokenLanguage } from '@salotto/contract';
import { foldedText, foldedWords } from './words.ts';

/** By what a word of a search is found: the person, the organisation, what they do, what they know. */
type Weight = 'A' | 'B' | 'C' | 'D';

/** What can be filtered by, or be in common, whatever the words. */
export type Mark = 'industry' | 'language' | 'topic' | 'organisation' | 'domain';

export type Findable = {
  handle: string;
  name: string;
  headline: string | null;
  jobTitle: string | null;
  organisation: string | null;
  /** Of the verified organisation. */
  domain: string | null;
  industry: string | null;
  languages: readonly string[];
  topics: readonly { id: string; names: Readonly<Record<string, string>> }[];
};

/** Scripts without spaces between words: there one or two characters are already a name. */
const GRAMS = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}';
const RUNS = new RegExp(`[${GRAMS}]+|[^${GRAMS}]+`, 'gu');
const IS_GRAMS = new RegExp(`^[${GRAMS}]`, 'u');
/** Shorter beginnings of words are so many that only a whole word is meant. */
const PREFIX_LENGTH = 3;
const WORDS_MAX = 5;
const LOCALES = ['en', 'it', 'zh'] as const;
/** More of one text, of people who write whole sentences into it, is not looked at. */
const TERMS_OF_TEXT = 60;

/** The words of a text, with runs of Han and kana apart from what is around them. */
const runs = (text: string): string[] => foldedWords(text).flatMap((word) => word.match(RUNS) ?? []);

/** One- and two-character grams. */
function grams(run: string): string[] {
  const signs = [...run];
  return [...signs, ...signs.slice(1).map((sign, n) => `${signs[n]}${sign}`)];
}

const termsOf = (text: string): string[] =>
  [...new Set(runs(text).flatMap((run) => (IS_GRAMS.test(run) ? grams(run) : [run])))].slice(0, TERMS_OF_TEXT);

export const mark = (kind: Mark, value: string): string => `${kind}:${foldedText(value).replace(/\s+/gu, ' ').trim()}`;

const displayNames = LOCALES.map((locale) => new Intl.DisplayNames(locale, { type: 'language' }));
const languageNames = (code: string): string[] =>
  [...displayNames, new Intl.DisplayNames(code, { type: 'language' })].map((names) => names.of(code) ?? code);

/** Lexemes are quoted, so that nothing in them is syntax. */
const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;

const POSITION: Record<Weight, number> = { A: 1, B: 2, C: 3, D: 4 };

/** A person as a `tsvector`, in PostgreSQL's own writing. */
export function searchTerms(person: Findable): string {
  const { industry, languages, topics, organisation, domain } = person;
  const industryNames = Object.values(INDUSTRIES.find(({ id }) => id === industry)?.names ?? {});
  const texts: [Weight, string[]][] = [
    ['A', [person.name, person.handle]],
    ['B', [organisation ?? '', domain ?? '']],
    ['C', [person.jobTitle ?? '', person.headline ?? '']],
    [
      'D',
      [...industryNames, ...topics.flatMap(({ names }) => Object.values(names)), ...languages.flatMap(languageNames)],
    ],
  ];
  const marks = [
    ...(industry ? [mark('industry', industry)] : []),
    ...languages.map((code) => mark('language', code)),
    ...topics.map(({ id }) => mark('topic', id)),
    ...(organisation ? [mark('organisation', organisation)] : []),
    ...(domain ? [mark('domain', domain)] : []),
  ];
  const words = texts.flatMap(([weight, all]) =>
    all.flatMap(termsOf).map((term) => `${quoted(term)}:${POSITION[weight]}${weight}`),
  );
  return [...new Set([...words, ...marks.map(quoted)])].join(' ');
}

/** Name and handle for the comparison of letters, where somebody is misspelt. */
export const nameKey = (person: Pick<Findable, 'name' | 'handle'>): string =>
  foldedText(`${person.name} ${person.handle}`);

export type Wanted = {
  text?: string | undefined;
  industry?: Industry | undefined;
  language?: SpokenLanguage | undefined;
  organisation?: string | undefined;
};

function wantedWords(text: string, weight: Weight | ''): string[] {
  return runs(text)
    .slice(0, WORDS_MAX)
    .flatMap((run) => {
      if (!IS_GRAMS.test(run)) return [`${quoted(run)}:${[...run].length >= PREFIX_LENGTH ? '*' : ''}${weight}`];
      const signs = [...run];
      const parts = signs.length === 1 ? signs : grams(run).slice(signs.length);
      return parts.slice(0, WORDS_MAX).map((part) => `${quoted(part)}:${weight}`);
    })
    .map((word) => word.replace(/:$/, ''));
}

/** A search as a `tsquery`, in PostgreSQL's own writing; null where nothing is asked for. */
export function searchQuery(wanted: Wanted): string | null {
  const parts = [
    ...wantedWords(wanted.text ?? '', ''),
    ...wantedWords(wanted.organisation ?? '', 'B'),
    ...(wanted.industry ? [quoted(mark('industry', wanted.industry))] : []),
    ...(wanted.language ? [quoted(mark('language', wanted.language))] : []),
  ];
  return parts.length > 0 ? parts.join(' & ') : null;
}
