import { expect, test } from 'vitest';
import { readHead } from './page-head.ts';

const read = (html: string, contentType = 'text/html') => readHead(new TextEncoder().encode(html), contentType);

test.each([
  [
    'what is meant for previews comes first',
    '<title>Plain</title><meta property="og:title" content="Fish &amp; &#x1F41F;"><meta name=description content=Short>',
    { title: 'Fish & 🐟', description: 'Short', picture: null },
  ],
  [
    'the order of attributes and quotes is free',
    "<META CONTENT='a \"b\"' NAME='twitter:description'/><title lang='en'>\n T </title>",
    { title: '\n T ', description: 'a "b"', picture: null },
  ],
  [
    'scripts and comments say nothing',
    '<script>"<title>no</title>"</script><!-- <meta property="og:image" content="/no.png"> --><title>Yes</title>',
    { title: 'Yes', description: null, picture: null },
  ],
  ['a picture', '<meta property="og:image" content="/a.png?b=1&amp;c=2">', { picture: '/a.png?b=1&c=2' }],
  ['nothing', '<html>', { title: null, description: null, picture: null }],
])('%s', (_name, html, wanted) => {
  expect(read(html)).toMatchObject(wanted);
});

test('other charsets, by the answer and by the page', () => {
  const latin = new Uint8Array([...'<meta charset="iso-8859-1"><title>Caf'].map((c) => c.charCodeAt(0)).concat(0xe9));
  expect(readHead(latin, 'text/html').title).toBe('Café');
  const bytes = new Uint8Array([...'<title>'].map((c) => c.charCodeAt(0)).concat(0xd6, 0xd0));
  expect(readHead(bytes, 'text/html; charset=gb2312').title).toBe('中');
  expect(readHead(bytes, 'text/html; charset=nonsense').title).not.toBeNull();
});

test('a page made to be slow is read at once', () => {
  for (const piece of ['<meta ', '<!--', '<script', '<meta a="', '<title', '&#', '<meta x=x x=x ']) {
    const began = performance.now();
    read(piece.repeat(200_000 / piece.length));
    expect(performance.now() - began, piece).toBeLessThan(1_000);
  }
});
