/** Marks over and under letters, as a class that JavaScript and PostgreSQL read alike. */
export const MARKS = '[\u0300-\u036f]';
/** Letters that no normal form takes apart, and the plain ones that people type in their place. */
export const PLAIN = { from: 'ŁłØøĐđĦħı', to: 'LlOoDdHhi' };

const plain = new Map([...PLAIN.from].map((letter, index) => [letter, [...PLAIN.to][index] ?? letter]));
const MOST_WORDS = 5;

/** Text without case and accents, for comparing. */
export const folded = (text: string): string =>
  [...text.normalize('NFKD').replace(new RegExp(MARKS, 'g'), '')]
    .map((letter) => (plain.get(letter) ?? letter).toLowerCase())
    .join('');

/** The words that are looked for. */
export const searchWords = (search: string): string[] =>
  folded(search).split(/\s+/u).filter(Boolean).slice(0, MOST_WORDS);

/** For `like`: its own signs mean themselves. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
