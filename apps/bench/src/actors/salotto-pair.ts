import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { createCaller, expectOk } from './http-calls.ts';
import { openContext, type Pair } from './pages.ts';
import type { BenchServer } from './server-process.ts';

/** A speaker with an open microphone and a listener in a room of the app. */
export async function openSalottoPair(options: { server: BenchServer; browser: Browser }): Promise<Pair> {
  const { server, browser } = options;
  const origin = server.origin;
  const [speaker, listener] = [await server.person('Anna Ferri'), await server.person('Tom Okafor')];
  const caller = createCaller({ origin, cookie: speaker.cookie });
  const room = { title: 'Do you hear me?', locale: 'en', key: randomUUID() };
  const { roomId } = await expectOk<{ roomId: string }>(caller.call('POST', '/api/rooms', room));
  caller.close();

  const enter = async ({ cookie }: { cookie: string }) => {
    const context = await openContext(browser, origin);
    const at = cookie.indexOf('=');
    await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin }]);
    const page = await context.newPage();
    await page.goto(`${origin}/rooms/${roomId}`);
    await page.locator('[data-room][data-phase="in"][data-connection="connected"]').waitFor();
    return page;
  };
  const mouth = await enter(speaker);
  const ear = await enter(listener);
  await mouth.locator('[data-room] [data-microphone="muted"]').click();
  await mouth.locator('[data-room] [data-microphone="open"]').waitFor();
  const voice = '[data-room-audio] audio';
  await ear.locator(voice).waitFor({ state: 'attached' });
  return {
    ...{ mouth, ear, voice },
    async close() {
      await mouth.context().close();
      await ear.context().close();
    },
  };
}
