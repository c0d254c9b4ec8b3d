/**
 * Control characters, marks that turn the direction of writing, and characters that nobody sees: with them a name could
 * pass for another one, or turn the line around it. Zero-width joiners stay: emoji and some scripts need them.
 */
const INVISIBLE = signs(
  '\\p{Cc}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}',
  // Fillers and selectors of single scripts.
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\uffa0',
  // Zero width, direction, invisible operators, byte order, specials, tags.
  '\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff0-\\uffff\\u{e0000}-\\u{e0fff}',
);
const JOINABLE = '\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}';
/** A joiner joins two signs. Anywhere else it is only invisible. */
const STRAY_JOINERS = new RegExp(`(?<![${JOINABLE}])[\\u200c\\u200d]+|[\\u200c\\u200d]+(?![${JOINABLE}])`, 'gu');
/** More marks on one letter than any script has. */
const MARK_TOWERS = /(\p{M}{4})\p{M}+/gu;

function signs(...ranges: string[]): RegExp {
  return new RegExp(`[${ranges.join('')}]`, 'gu');
}

/** One line of text as people see it. May be empty. */
export function cleanLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINERS, '')
    .replace(MARK_TOWERS, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text of several lines, at most one empty line between two. May be empty. */
export function cleanLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(cleanLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
