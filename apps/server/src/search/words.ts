import { folded } from '../folding.ts';

/** Letters that stand for two. */
const SPELT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };

/** Text as the search of people compares it: folded, with signs of one script in one piece. */
export const foldedText = (text: string): string =>
  folded(text)
    .normalize('NFC')
    .replace(/[ßæœðþ]/g, (letter) => SPELT[letter] ?? letter);

/** The words of a text, folded: letters and digits only. */
export const foldedWords = (text: string): string[] => foldedText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
