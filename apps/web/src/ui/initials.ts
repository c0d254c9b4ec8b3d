const TINTS = 8;
const IDEOGRAPHS = /^\p{Script=Han}+$/u;

/** One or two letters that stand for a name; for a Chinese name its last two characters. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s·]+/u)
    .filter(Boolean);
  const first = words[0];
  if (!first) return '?';
  if (words.length === 1 && IDEOGRAPHS.test(first)) return [...first].slice(-2).join('');
  const letters = words.length === 1 ? [first] : [first, words.at(-1) ?? first];
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Which of the eight quiet tints a name gets: always the same one. */
export function tint(name: string): number {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  // The low bits alone would favour some tints.
  return ((hash >>> 24) ^ (hash >>> 13) ^ (hash & 0xff)) % TINTS;
}
