import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterRoom, type House, openHouse, roomParts, startRoom, type Tab } from './harness/index.ts';

const TABS = 7;
const ANSWER_MS = 5_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

test('seven tabs of one person work at once over HTTP/1.1', async () => {
  const [anna, bruno] = await Promise.all([house.person('anna'), house.person('bruno')]);
  const tabs: Tab[] = [bruno];
  while (tabs.length < TABS) tabs.push(await bruno.newTab());
  for (const tab of tabs) {
    await tab.open('/');
    await tab.page.getByText('It’s quiet in the hallway').waitFor();
  }

  const first = await startRoom(anna, 'Heard in every tab');
  for (const { page } of tabs) await page.getByRole('link', { name: 'Heard in every tab' }).waitFor();

  const tookMs = await Promise.all(
    tabs.map(({ page }) =>
      page.evaluate(async () => {
        const began = performance.now();
        const answer = await fetch('/api/account/me', { cache: 'no-store' });
        if (!answer.ok) throw new Error(`answered ${answer.status}`);
        await answer.json();
        return performance.now() - began;
      }),
    ),
  );
  expect(Math.max(...tookMs)).toBeLessThan(ANSWER_MS);
  const protocol = await bruno.page.evaluate(
    () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol,
  );
  expect(protocol).toBe('http/1.1');

  // One of the seven goes into the room, the others still follow the hallway.
  const [last] = tabs.slice(-1) as [Tab];
  await enterRoom(last, first);
  await roomParts.seat(last, anna).waitFor();
  await anna.rpc.room.end({ roomId: first });
  await last.page.getByRole('heading', { name: 'This room has ended' }).waitFor();
  for (const { page } of tabs.slice(0, -1)) await page.getByText('It’s quiet in the hallway').waitFor();
});
