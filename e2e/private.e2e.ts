import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringOnStage,
  enterRoom,
  type House,
  openHouse,
  openMicrophone,
  type Person,
  startRoom,
} from './harness/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const LOCAL_SCHEMES = new Set(['data:', 'blob:']);

/** Addresses that anything in this context asks for or opens a socket to, from now on. */
function watchAddresses(context: BrowserContext): Set<string> {
  const asked = new Set<string>();
  context.on('request', (request) => asked.add(request.url()));
  context.on('page', (page) => {
    page.on('websocket', (socket) => asked.add(socket.url()));
  });
  return asked;
}

function hostsOf(asked: Set<string>): string[] {
  const outside = [...asked].filter((address) => !LOCAL_SCHEMES.has(new URL(address).protocol));
  return [...new Set(outside.map((address) => new URL(address).host))];
}

async function visitEverything(person: Person): Promise<void> {
  for (const path of ['/', '/settings', `/people/${person.handle}`, '/me/edit', `/people/${person.handle}/followers`]) {
    await person.open(path);
    await person.page.locator('h1').first().waitFor();
  }
}

test('no client talks to any host but the operator’s, and no page breaks its own policy', async () => {
  const [anna, bruno] = await Promise.all([house.person('anna'), house.person('bruno')]);
  const asked = [anna, bruno].map(({ context }) => watchAddresses(context));
  // The tabs that are open already were there before the watch.
  const [annasTab, brunosTab] = await Promise.all([anna.newTab(), bruno.newTab()]);
  const [a, b] = [Object.assign(anna, annasTab), Object.assign(bruno, brunosTab)];
  await visitEverything(a);
  const roomId = await startRoom(a, 'Among ourselves');
  await Promise.all([enterRoom(a, roomId), enterRoom(b, roomId)]);
  await openMicrophone(a);
  await bringOnStage({ moderator: a, listener: b, roomId });
  await openMicrophone(b);
  await a.page.locator('[data-room-audio] audio').waitFor({ state: 'attached' });

  const host = new URL(house.origin).host;
  for (const addresses of asked) {
    expect(hostsOf(addresses)).toEqual([host]);
    expect([...addresses].some((address) => /^ws:.*\/updates/.test(address))).toBe(true);
    expect([...addresses].some((address) => /^ws:.*\/rtc/.test(address))).toBe(true);
  }
  for (const { page } of [a, b]) {
    const { peers, candidates, policyViolations } = await page.evaluate(() => {
      const { peers, candidates, policyViolations } = salottoKit;
      return { peers, candidates, policyViolations };
    });
    expect(peers.length).toBeGreaterThan(0);
    for (const { iceServers } of peers) expect(iceServers ?? []).toEqual([]);
    expect(candidates.filter((candidate) => / typ (srflx|prflx|relay)/.test(candidate))).toEqual([]);
    expect(policyViolations).toEqual([]);
  }
  // What LiveKit offers to be reached at: this machine alone.
  const remote = await a.page.evaluate(() => salottoKit.remoteAddresses());
  expect(remote.length).toBeGreaterThan(0);
  for (const address of remote) expect(address).toMatch(/^127\.|^::1$/);
});

test('pages allow no inline script, and answers leave nothing to other sites', async () => {
  const answer = await fetch(house.origin, { headers: { accept: 'text/html' } });
  const policy = answer.headers.get('content-security-policy') ?? '';
  const directives = new Map(policy.split(';').map((part) => part.trim().split(/\s+(.*)/s) as [string, string]));
  expect(directives.get('script-src')).toBe("'self'");
  expect(directives.get('default-src')).toBe("'self'");
  expect(directives.get('connect-src')).toBe("'self'");
  expect(directives.get('object-src')).toBe("'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const page = await answer.text();
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|javascript:/);
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test('another site can not act for somebody who is signed in', async () => {
  const carla = await house.person('carla');
  const headers = { cookie: carla.cookie, 'content-type': 'application/json' };
  const body = JSON.stringify({ title: 'Not mine', locale: 'en', key: 'another-site' });
  const start = (origin: string) =>
    fetch(`${house.origin}/api/rooms`, { method: 'POST', headers: { ...headers, origin }, body });
  expect((await start('https://elsewhere.example')).status).toBe(403);
  expect((await start('null')).status).toBe(403);
  expect((await start(house.origin)).status).toBe(200);
});
