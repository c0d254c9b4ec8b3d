export type PageHead = { title: string | null; description: string | null; picture: string | null };

/** Where pages keep what they say of themselves; nothing after it is looked at. */
const HEAD_LENGTH = 256 * 1024;
const META = /<meta\s([^>]{1,4096})>/gi;
const ATTRIBUTE = /([a-z:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const TITLE = /<title[^>]{0,200}>([^<]{0,2000})/i;
const SILENT = /<!--|<(script|style|noscript)\b/gi;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Title, description and picture that a page of HTML names for previews. Texts as people would read them, not markup. */
export function readHead(body: Uint8Array, contentType: string | null): PageHead {
  const html = withoutSilent(decode(body, contentType).slice(0, HEAD_LENGTH));
  const named = new Map<string, string>();
  for (const [, attributes = ''] of html.matchAll(META)) {
    const found = attributesOf(attributes);
    const name = (found.get('property') ?? found.get('name'))?.toLowerCase();
    const content = found.get('content');
    if (name && content && !named.has(name)) named.set(name, content);
  }
  const first = (...names: string[]) => names.map((name) => named.get(name)).find((value) => value?.trim()) ?? null;
  return {
    title: first('og:title', 'twitter:title') ?? (unescaped(TITLE.exec(html)?.[1] ?? '') || null),
    description: first('og:description', 'twitter:description', 'description'),
    picture: first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'),
  };
}

/** Without comments and scripts; what is never closed takes the rest with it, so that each sign is looked at once. */
function withoutSilent(html: string): string {
  let heard = '';
  let at = 0;
  for (const { 0: opened, 1: name, index } of html.matchAll(SILENT)) {
    if (index < at) continue;
    heard += html.slice(at, index);
    const end = name ? new RegExp(`</${name}\\s{0,9}>`, 'gi') : /-->/g;
    end.lastIndex = index + opened.length;
    if (!end.test(html)) return heard;
    at = end.lastIndex;
  }
  return heard + html.slice(at);
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    found.set(name.toLowerCase(), unescaped(double ?? single ?? bare ?? ''));
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** In the charset that the answer names, or the page itself; UTF-8 else. */
function decode(body: Uint8Array, contentType: string | null): string {
  const ascii = new TextDecoder('latin1').decode(body.subarray(0, 2_048));
  const label =
    /charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType ?? '')?.[1] ??
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w-]{1,40})/i.exec(ascii)?.[1] ??
    'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
