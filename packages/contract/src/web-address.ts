/** An address of http or https without credentials, as its parser writes it; null for anything else. */
export function webAddress(text: string): URL | null {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return url.username || url.password || url.host === '' ? null : url;
}

export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string; host: string };

const FOUND = /https?:\/\/[^\s<>"]+/giu;
/** Ends of sentences, not of addresses. */
const TAIL = /[.,;:!?'’”»。，；：！？、]+$/u;

/** A text with what in it is an address of the web taken apart. Nothing is lost: the parts joined are the text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(FOUND)) {
    const address = withoutClosing(found.replace(TAIL, ''));
    const url = webAddress(address);
    if (!url) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push({ kind: 'link', text: address, href: url.href, host: url.host });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** A bracket that closes what the address has not opened belongs to the sentence. */
function withoutClosing(address: string): string {
  if (!address.endsWith(')')) return address;
  const opened = address.split('(').length;
  const closed = address.split(')').length;
  return closed > opened ? withoutClosing(address.slice(0, -1).replace(TAIL, '')) : address;
}
