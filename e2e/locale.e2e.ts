import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, startRoom, waitConnected } from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

type Locale = 'en' | 'it' | 'zh';
const BROWSERS: Record<Locale, string> = { en: 'en-GB', it: 'it-IT', zh: 'zh-CN' };

const catalogs = new Map<Locale, string>();
/** What a sentence of the app is in this language, by the app's own catalog. */
function inLanguage(locale: Locale, english: string): string {
  let catalog = catalogs.get(locale);
  if (catalog === undefined) {
    const part = (name: string) =>
      readFileSync(new URL(`../apps/web/src/locales/${name}/${locale}.po`, import.meta.url), 'utf8');
    catalog = `${part('first')}\n${part('later')}`;
    catalogs.set(locale, catalog);
  }
  const [, rest = ''] = catalog.split(`\nmsgid "${english}"\nmsgstr "`);
  const found = rest.slice(0, rest.indexOf('"'));
  if (found === '') throw new Error(`No ${locale} for: ${english}`);
  return found;
}

/** Names of people and things, and words that are the same in Italian. */
const SAME = new Set([
  'Salotto',
  'English',
  'Italiano',
  '中文',
  'Account',
  'Audio',
  'Design',
  'Sport',
  'you@example.org',
]);

/** Whatever a page says, to eyes or to a screen reader: texts, labels, placeholders, its title. */
function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set([document.title.replace(/ · Salotto$/, '')]);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (parent?.closest('script, style, noscript')) continue;
      found.add(texts.currentNode.textContent?.trim() ?? '');
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.add(element.getAttribute(name) ?? '');
    }
    return [...found];
  });
}

const hasWords = (text: string) => /\p{L}{3}/u.test(text) && !SAME.has(text) && !/^@?\d*[a-z0-9_.@]+$/.test(text);

/** What every screen says in one language. People and titles have names without letters that anybody could translate. */
async function walk(locale: Locale): Promise<Set<string>> {
  const word = (english: string) => inLanguage(locale, english);
  const context = { locale: BROWSERS[locale] };
  const all = new Set<string>();
  const look = async (page: Page) => {
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    for (const text of await said(page)) if (hasWords(text)) all.add(text);
  };

  const visitor = await house.visitor({ context });
  await visitor.open('/');
  await visitor.page.getByText(word('A room where people sit and talk')).waitFor();
  await look(visitor.page);
  await visitor.page.getByRole('link', { name: word('Sign in or join') }).click();
  await visitor.page.locator('input[type=email]').waitFor();
  await look(visitor.page);
  await visitor.close();

  const options = { locale, context, name: '1' } as const;
  const [speaker, listener] = await Promise.all([
    house.person(`s_${locale}`, options),
    house.person(`l_${locale}`, { ...options, name: '2' }),
  ]);
  await speaker.open('/');
  await speaker.page.getByRole('button', { name: word('Start a room') }).click();
  await speaker.page.getByRole('dialog').waitFor();
  await look(speaker.page);
  for (const path of ['/settings', '/me/edit', `/people/l_${locale}`]) {
    await speaker.open(path);
    await speaker.page.locator('main h1').waitFor();
    await look(speaker.page);
  }
  const roomId = await startRoom(speaker, '· 1 ·', locale);
  await enterRoom(speaker, roomId);
  await enterRoom(listener, roomId);
  await waitConnected(speaker);
  await listener.page.getByRole('button', { name: word('Leave quietly') }).waitFor();
  await listener.page.getByRole('button', { name: word('Raise hand'), exact: true }).click();
  await speaker.page.getByRole('list', { name: word('Raised hands') }).waitFor();
  await look(speaker.page);
  await look(listener.page);
  await speaker.rpc.room.end({ roomId });
  await listener.page.locator('[data-room][data-phase="ended"] h1').waitFor();
  await look(listener.page);
  await Promise.all([speaker.close(), listener.close()]);
  return all;
}

/** Words that Italian took over. */
const SAME_IN_ITALIAN = new Set(['Chat']);

test('the screens speak English, Italian and Chinese, and no word of another language is left', async () => {
  const english = await walk('en');
  expect(english.size).toBeGreaterThan(60);
  const italian = await walk('it');
  expect([...italian].filter((text) => english.has(text) && !SAME_IN_ITALIAN.has(text))).toEqual([]);
  const chinese = await walk('zh');
  expect([...chinese].filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
});
