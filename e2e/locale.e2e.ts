import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, startRoom, waitConnected } from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

type Words = {
  browser: string;
  title: string;
  enter: string;
  start: string;
  leave: string;
  hand: string;
  live: string;
};
const WORDS: Record<'en' | 'it' | 'zh', Words> = {
  en: {
    ...{ browser: 'en-GB', title: 'A room where people sit and talk', enter: 'Sign in or join' },
    ...{ start: 'Start a room', leave: 'Leave quietly', hand: 'Raise hand', live: 'Raised hands' },
  },
  it: {
    ...{ browser: 'it-IT', title: 'Una stanza dove sedersi e parlare', enter: 'Accedi o iscriviti' },
    ...{ start: 'Apri una stanza', leave: 'Esci in silenzio', hand: 'Alza la mano', live: 'Mani alzate' },
  },
  zh: {
    ...{ browser: 'zh-CN', title: '坐下来聊聊天的房间', enter: '登录或加入' },
    ...{ start: '开一个房间', leave: '悄悄离开', hand: '举手', live: '举手的人' },
  },
};

/** Names of people and things, and words that are the same in Italian. */
const SAME = new Set(['Salotto', 'English', 'Italiano', '中文', 'Account', 'Audio', 'Design', 'you@example.org']);

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
async function walk(locale: 'en' | 'it' | 'zh'): Promise<Set<string>> {
  const words = WORDS[locale];
  const context = { locale: words.browser };
  const all = new Set<string>();
  const look = async (page: Page) => {
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    for (const text of await said(page)) if (hasWords(text)) all.add(text);
  };

  const visitor = await house.visitor({ context });
  await visitor.open('/');
  await visitor.page.getByText(words.title).waitFor();
  await look(visitor.page);
  await visitor.page.getByRole('link', { name: words.enter }).click();
  await visitor.page.locator('input[type=email]').waitFor();
  await look(visitor.page);
  await visitor.close();

  const options = { locale, context, name: '1' } as const;
  const [speaker, listener] = await Promise.all([
    house.person(`s_${locale}`, options),
    house.person(`l_${locale}`, { ...options, name: '2' }),
  ]);
  await speaker.open('/');
  await speaker.page.getByRole('button', { name: words.start }).click();
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
  await listener.page.getByRole('button', { name: words.leave }).waitFor();
  await listener.page.getByRole('button', { name: words.hand, exact: true }).click();
  await speaker.page.getByRole('list', { name: words.live }).waitFor();
  await look(speaker.page);
  await look(listener.page);
  await speaker.rpc.room.end({ roomId });
  await listener.page.locator('[data-room][data-phase="ended"] h1').waitFor();
  await look(listener.page);
  await Promise.all([speaker.close(), listener.close()]);
  return all;
}

test('the screens speak English, Italian and Chinese, and no word of another language is left', async () => {
  const english = await walk('en');
  expect(english.size).toBeGreaterThan(60);
  const italian = await walk('it');
  expect([...italian].filter((text) => english.has(text))).toEqual([]);
  const chinese = await walk('zh');
  expect([...chinese].filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
});
