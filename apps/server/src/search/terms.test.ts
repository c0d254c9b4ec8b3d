import { describe, expect, test } from 'vitest';
import { likeLiteral } from '../folding.ts';
import { type Findable, mark, nameKey, searchQuery, searchTerms } from './terms.ts';
import { foldedText, foldedWords } from './words.ts';

const nobody: Findable = {
  ...{ handle: 'nobody', name: 'Nobody', headline: null, jobTitle: null, organisation: null, domain: null },
  ...{ industry: null, languages: [], topics: [] },
};
const lexemes = (person: Partial<Findable>) => searchTerms({ ...nobody, ...person }).split(' ');

describe('folding', () => {
  test.each([
    ['Ángela Müller', 'angela muller'],
    ['ŁÓDŹ', 'lodz'],
    ['Straße', 'strasse'],
    ['Søren Æbelø', 'soren aebelo'],
    ['ＷＥＩ', 'wei'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['한국', '한국'],
    ['ばべ', 'ばべ'],
  ])('%s', (text, folded) => expect(foldedText(text)).toBe(folded));

  test('keeps words and drops signs', () =>
    expect(foldedWords("D’Angelo, Anna-Maria (@ann'a)")).toEqual(['d', 'angelo', 'anna', 'maria', 'ann', 'a']));

  test('a pattern means itself', () => expect(likeLiteral('100%_\\')).toBe('100\\%\\_\\\\'));
});

describe('terms of a person', () => {
  test('name and handle, in folded words', () => {
    const terms = lexemes({ name: 'Zoë d’Angelo', handle: 'zoe_d' });
    expect(terms).toEqual(["'zoe':1A", "'d':1A", "'angelo':1A"]);
  });

  test('a Chinese name in grams of one and two characters', () => {
    expect(lexemes({ name: '王小明', handle: 'xm' })).toEqual(
      ['王', '小', '明', '王小', '小明', 'xm'].map((term) => `'${term}':1A`),
    );
  });

  test('signs beyond the basic plane are whole', () => {
    expect(lexemes({ name: '𠮷野', handle: 'yo' })).toContain("'𠮷野':1A");
  });

  test('what is between two scripts is a border', () => {
    expect(lexemes({ name: 'Wei韦明', handle: 'wm' })).toEqual(expect.arrayContaining(["'wei':1A", "'韦明':1A"]));
  });

  test('industry, topics and languages by each of their names', () => {
    const terms = lexemes({
      industry: 'health',
      languages: ['de'],
      topics: [{ id: 'music', names: { en: 'Music', it: 'Musica', zh: '音乐' } }],
    });
    for (const word of ['health', 'sanita', '医疗', 'german', 'tedesco', '德语', 'deutsch', 'musica', '音乐'])
      expect(terms).toContain(`'${word}':4D`);
    for (const wanted of [mark('industry', 'health'), mark('language', 'de'), mark('topic', 'music')])
      expect(terms).toContain(`'${wanted}'`);
  });

  test('the organisation as words and as a whole', () => {
    const terms = searchTerms({ ...nobody, organisation: "Città’s  'Library' \\ Oü" });
    expect(terms).toContain("'citta':2B");
    expect(terms).toContain("'organisation:citta’s ''library'' \\\\ ou'");
  });

  test('a text has no end of terms', () => {
    const headline = Array.from({ length: 500 }, (_, n) => `w${n}`).join(' ');
    expect(lexemes({ headline }).length).toBeLessThan(70);
  });

  test('the key for misspelt names', () => expect(nameKey({ name: 'Zoë', handle: 'zoe_d' })).toBe('zoe zoe_d'));
});

describe('a search', () => {
  test.each([
    ['Anna Fer', "'anna':* & 'fer':*"],
    ['li', "'li'"],
    ['王', "'王'"],
    ['王伟', "'王伟'"],
    ['王小明', "'王小' & '小明'"],
    ['wei 明', "'wei':* & '明'"],
    ["o'neil & !x:*", "'o' & 'neil':* & 'x'"],
    ['a b c d e f g', "'a' & 'b' & 'c' & 'd' & 'e'"],
  ])('%s', (text, query) => expect(searchQuery({ text })).toBe(query));

  test('nothing is nothing', () => {
    expect(searchQuery({ text: ' -- ' })).toBeNull();
    expect(searchQuery({})).toBeNull();
  });

  test('filters come with it, and stand alone', () => {
    expect(searchQuery({ text: 'anna', industry: 'health', language: 'it', organisation: 'Città' })).toBe(
      "'anna':* & 'citta':*B & 'industry:health' & 'language:it'",
    );
    expect(searchQuery({ industry: 'law' })).toBe("'industry:law'");
    expect(searchQuery({ organisation: '王' })).toBe("'王':B");
  });
});
