import { isContractProcedure } from '@orpc/contract';
import { contract, type RoomId } from '@salotto/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayCall } from './account/policy.ts';
import { isPassing } from './rpc.ts';
import { createGuestBrowser } from './testing/guests.ts';
import { createTestServer, type TestServer } from './testing/index.ts';

let house: TestServer;
let roomId: RoomId;
let guest: ReturnType<typeof createGuestBrowser>;
beforeAll(async () => {
  house = await createTestServer();
  const anna = await house.person();
  ({ roomId } = await anna.rpc.room.start({ title: 'Open house', locale: 'en', key: crypto.randomUUID() }));
  const link = await anna.rpc.guest.makeLink({ roomId, kind: 'listener', expiry: 'room', uses: null });
  guest = createGuestBrowser(house.origin);
  await guest.call('guest/enter', { token: link.token, name: 'Passing by', locale: 'en' });
});
afterAll(() => house.close());

/** Every procedure of the contract with the method that it has as REST. */
function procedures(node: unknown = contract, path: string[] = []): { name: string; method: string }[] {
  if (isContractProcedure(node)) return [{ name: path.join('.'), method: node['~orpc'].route.method ?? 'POST' }];
  return Object.entries(node as object).flatMap(([key, child]) => procedures(child, [...path, key]));
}

async function call(name: string, method: string, cookie?: string, input: object = {}): Promise<string> {
  const get = method === 'GET';
  const url = `${house.origin}/api/rpc/${name.replace('.', '/')}${get ? `?data=${encodeURIComponent(JSON.stringify({ json: input }))}` : ''}`;
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: house.origin };
  if (cookie) headers.cookie = cookie;
  const response = await fetch(
    url,
    get ? { headers } : { method: 'POST', headers, body: JSON.stringify({ json: input }) },
  );
  const body = (await response.json()) as { json?: { code?: string; data?: { reason?: string } } };
  return body.json?.code ? `${body.json.code} ${body.json.data?.reason ?? ''}`.trim() : 'answered';
}

/** What a stranger may call at all. Everything else asks who is there, before it looks at anything. */
const FOR_STRANGERS = [
  'about.get',
  'account.requestCode',
  'account.signIn',
  'account.readLink',
  'account.enterByLink',
  'account.signOut',
  'account.me',
  'account.demoPeople',
  'account.lookAround',
  'guest.readLink',
  'guest.enter',
  'invite.read',
  'invite.accept',
];
/** What a guest may do in the one room that they are for. */
const FOR_GUESTS = [
  ...[
    'join',
    'leave',
    'knock',
    'lobby',
    'letIn',
    'turnAway',
    'letAllIn',
    'connect',
    'raiseHand',
    'lowerHand',
    'acceptOffer',
    'offerStage',
    'withdrawOffer',
  ],
  ...['setMicrophone', 'mute', 'leaveStage', 'moveToAudience', 'makeModerator', 'remove', 'setHandPolicy', 'end'],
  ...['hold', 'release', 'setHandOrder', 'setTurnClock', 'callNext', 'calls', 'ledger', 'change', 'searchAudience'],
]
  .map((name) => `room.${name}`)
  .concat(['post', 'page', 'remove', 'marker', 'markRead'].map((name) => `message.${name}`));
const WITHOUT_PROFILE = [
  'device.list',
  'device.signOut',
  'device.signOutOthers',
  ...FOR_STRANGERS,
  'account.checkHandle',
  'account.createProfile',
  'topic.list',
  'waitlist.mine',
  'waitlist.leave',
  'leaving.ask',
  'leaving.mine',
  'leaving.comeBack',
];

describe('who may call what', () => {
  it.each(procedures())('a stranger: $name', async ({ name, method }) => {
    const outcome = await call(name, method);
    if (FOR_STRANGERS.includes(name)) expect(outcome).not.toBe('UNAUTHORIZED');
    else expect(outcome).toBe('UNAUTHORIZED');
  });

  it.each(procedures())('somebody without name and handle: $name', async ({ name, method }) => {
    const person = await house.person({ hasProfile: false });
    const outcome = await call(name, method, person.cookie);
    if (WITHOUT_PROFILE.includes(name)) expect(outcome).not.toMatch(/UNAUTHORIZED|profile_missing/);
    else expect(outcome).toBe('FORBIDDEN profile_missing');
  });

  it.each(procedures())('somebody who waits, is paused or leaves: $name', async ({ name, method }) => {
    for (const status of ['waiting', 'paused', 'leaving'] as const) {
      const person = await house.person({ status });
      const outcome = await call(name, method, person.cookie);
      const may = FOR_STRANGERS.includes(name) || mayCall(status, name.split('.'));
      if (may) expect(outcome).not.toMatch(/UNAUTHORIZED|FORBIDDEN (waiting|paused)/);
      else expect(outcome).toBe(`FORBIDDEN ${status}`);
    }
  });

  it.each(procedures())('a guest: $name', async ({ name, method }) => {
    // It would end what the next procedures are asked with.
    if (name === 'account.signOut') return;
    const outcome = await call(name, method, guest.cookie(), { roomId });
    const elsewhere = await call(name, method, guest.cookie(), { roomId: crypto.randomUUID() });
    if (FOR_STRANGERS.includes(name))
      return expect(`${outcome} ${elsewhere}`).not.toMatch(/UNAUTHORIZED|FORBIDDEN guest/);
    if (name === 'topic.list') return expect([outcome, elsewhere].join()).not.toMatch(/FORBIDDEN/);
    if (FOR_GUESTS.includes(name)) expect(outcome).not.toMatch(/FORBIDDEN guest|UNAUTHORIZED|profile_missing/);
    else expect(outcome).toBe('FORBIDDEN guest');
    expect(elsewhere).toBe('FORBIDDEN guest');
  });

  it('nothing that changes anything answers to GET', async () => {
    const person = await house.person();
    for (const { name, method } of procedures()) {
      if (method === 'GET') continue;
      const url = `${house.origin}/api/rpc/${name.replace('.', '/')}?data={}`;
      expect([404, 405], name).toContain((await fetch(url, { headers: { cookie: person.cookie } })).status);
    }
  });

  it('nothing changes on behalf of another site', async () => {
    const person = await house.person();
    const headers = { cookie: person.cookie, origin: 'https://elsewhere.example', 'content-type': 'application/json' };
    const input = { title: 'Forged', topics: [], locale: 'en', key: 'forged-key' };
    for (const [path, body] of [
      ['/api/rpc/room/start', { json: input }],
      ['/api/rooms', input],
    ] as const) {
      const response = await fetch(house.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
      expect(response.status).toBe(403);
    }
    expect((await person.rpc.hallway.get()).rooms.map(({ title }) => title)).toEqual(['Open house']);
  });
});

describe('errors on the wire', () => {
  it('are the declared ones, with their data', async () => {
    const person = await house.person();
    const roomId = crypto.randomUUID() as never;
    await expect(person.rpc.room.join({ roomId })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    await expect(person.rpc.room.raiseHand({ roomId })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
  });

  it('say nothing about what is inside', async () => {
    const person = await house.person();
    const response = await fetch(`${house.origin}/api/rooms/not-a-room`, { headers: { cookie: person.cookie } });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/node_modules|\.ts:|select|postgres/i);
  });

  it('know which database errors pass by themselves', () => {
    const coded = (code: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { code });
    expect(isPassing(coded('55P03'))).toBe(true);
    expect(isPassing(new Error('query failed', { cause: coded('ECONNREFUSED') }))).toBe(true);
    expect(isPassing(coded('23505'))).toBe(false);
    expect(isPassing('text')).toBe(false);
  });
});

describe('the public door', () => {
  it('serves the document of the API and its page, from here alone', async () => {
    const document = (await (await fetch(`${house.origin}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toContain('/rooms/{roomId}/hand/raise');
    const page = await (await fetch(`${house.origin}/api/docs`)).text();
    expect(page).not.toMatch(/https?:\/\//);
    expect((await fetch(`${house.origin}/api/docs/viewer.js`)).headers.get('content-type')).toContain('javascript');
  });

  it('says of its health only ok or degraded; the private one has details', async () => {
    const open = await fetch(`${house.origin}/health`);
    expect(Object.keys((await open.json()) as object)).toEqual(['status']);
    const inside = `http://127.0.0.1:${house.server.privatePort}`;
    const details = (await (await fetch(`${inside}/health`)).json()) as { parts: object };
    expect(Object.keys(details.parts)).toEqual(['database', 'stage', 'disk', 'mail']);
    expect(await (await fetch(`${inside}/metrics`)).text()).toContain('salotto_live_rooms');
    for (const path of ['/metrics', '/livekit/webhook']) {
      expect((await fetch(house.origin + path)).status, path).toBe(404);
    }
  });
});
