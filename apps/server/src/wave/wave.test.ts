import { type NotificationId, WAVE_MS, WAVES_PER_HOUR } from '@salotto/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';
import { openTab, type TestTab } from '../testing/tab.ts';
import { requireMayAccept, requireMayWave, seesHere } from './policy.ts';

let house: TestServer;
beforeAll(async () => {
  house = await createTestServer();
});
afterAll(() => house.close());

let anna: SignedIn;
let bruno: SignedIn;
let tabs: TestTab[] = [];
beforeEach(async () => {
  [anna, bruno] = await Promise.all([house.person({ name: 'Anna' }), house.person({ name: 'Bruno' })]);
  await befriend(anna, bruno);
  for (const person of [anna, bruno]) await here(person);
});
afterEach(() => {
  for (const tab of tabs) tab.cut();
  tabs = [];
});

async function befriend(one: SignedIn, other: SignedIn) {
  await one.rpc.follow.follow({ accountId: other.id });
  await other.rpc.follow.follow({ accountId: one.id });
}

async function here(person: SignedIn) {
  const tab = await openTab({ origin: house.origin, cookie: person.cookie });
  await tab.until(() => tab.messages.find((message) => message.type === 'hello'));
  tabs.push(tab);
  return tab;
}

const outcome = (call: () => unknown) => {
  try {
    call();
    return 'ok';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.code} ${(error.data as { reason?: string } | undefined)?.reason ?? ''}`.trim();
  }
};
const seenBy = async (person: SignedIn) => (await person.rpc.wave.here()).people.map((entry) => entry.person.id);
const newest = async (person: SignedIn) => (await person.rpc.notification.list())[0];
const waveId = async (person: SignedIn) => (await newest(person))?.id as NotificationId;

describe('who sees whom here', () => {
  it.each([
    [{}, true],
    [{ mutual: false }, false],
    [{ blocked: true }, false],
    [{ here: false }, false],
    [{ shown: false }, false],
  ])('%j → %s', (change, sees) => {
    const standing = { mutual: true, blocked: false, here: true, shown: true, ...change };
    expect(seesHere(standing)).toBe(sees);
    expect(outcome(() => requireMayWave(standing))).toBe(sees ? 'ok' : 'CONFLICT not_here');
  });

  it.each([
    [{}, 'ok'],
    [{ wave: undefined }, 'NOT_FOUND'],
    [{ accountId: 'somebody else' }, 'NOT_FOUND'],
    [{ now: 11 }, 'CONFLICT wave_over'],
    [{ blocked: true }, 'CONFLICT wave_over'],
    [{ wave: { toId: 'me', until: 10, answer: 'declined' as const } }, 'CONFLICT wave_over'],
    [{ now: 11, wave: { toId: 'me', until: 10, answer: 'accepted' as const } }, 'ok'],
  ])('an answer with %j → %s', (change, wanted) => {
    const wave = { toId: 'me', until: 10, answer: null };
    expect(outcome(() => requireMayAccept({ wave, accountId: 'me', blocked: false, now: 10, ...change }))).toBe(wanted);
  });

  test('mutuals with the app open, until half a minute after they closed it', async () => {
    const fan = await house.person();
    await fan.rpc.follow.follow({ accountId: anna.id });
    await here(fan);
    expect(await seenBy(anna)).toEqual([bruno.id]);
    expect(await seenBy(fan)).toEqual([]);
    for (const tab of tabs) tab.cut();
    house.clock.advance(30_001);
    expect(await seenBy(anna)).toEqual([]);
  });

  test('whoever has switched it off is seen by nobody, and not waved at', async () => {
    await bruno.rpc.wave.setShown({ shown: false });
    expect(await bruno.rpc.wave.shown()).toEqual({ shown: false });
    expect(await seenBy(anna)).toEqual([]);
    expect(await seenBy(bruno)).toEqual([anna.id]);
    expect(await refusal(anna.rpc.wave.send({ accountId: bruno.id }))).toBe('CONFLICT not_here');
    await bruno.rpc.wave.setShown({ shown: true });
    expect(await seenBy(anna)).toEqual([bruno.id]);
  });

  test('blocked people never see each other', async () => {
    await bruno.rpc.block.block({ accountId: anna.id });
    expect(await seenBy(anna)).toEqual([]);
    expect(await seenBy(bruno)).toEqual([]);
    expect(await refusal(anna.rpc.wave.send({ accountId: bruno.id }))).toBe('CONFLICT not_here');
  });

  test('a tab that answers keeps its person here', async () => {
    house.clock.advance(20_000);
    const brunos = tabs[1];
    brunos?.send(JSON.stringify({ type: 'ping' }));
    await brunos?.until(() => brunos.messages.find((message) => message.type === 'pong'));
    house.clock.advance(20_000);
    expect(await seenBy(anna)).toEqual([bruno.id]);
  });
});

describe('a wave', () => {
  test('accepted: a closed room, both on stage, the one who waved its moderator', async () => {
    const sent = await anna.rpc.wave.send({ accountId: bruno.id });
    expect(sent.roomId).toBeNull();
    expect((await anna.rpc.wave.here()).people).toMatchObject([{ wavedUntil: sent.until }]);
    expect(await newest(bruno)).toMatchObject({ kind: 'wave', actor: { id: anna.id }, until: sent.until, room: null });
    const id = await waveId(bruno);
    const [{ roomId }, again] = await Promise.all([
      bruno.rpc.wave.accept({ id, locale: 'it' }),
      bruno.rpc.wave.accept({ id, locale: 'it' }),
    ]);
    expect(again.roomId).toBe(roomId);
    const { room, own } = await bruno.rpc.room.join({ roomId });
    expect(room).toMatchObject({ visibility: 'closed', title: 'Anna & Bruno', locale: 'it' });
    expect(room.stage.map((seat) => [seat.person.id, seat.role, seat.muted])).toEqual([
      [anna.id, 'moderator', true],
      [bruno.id, 'speaker', true],
    ]);
    expect(own.role).toBe('speaker');
    const told = await anna.rpc.notification.list();
    expect(told.map(({ kind, room }) => [kind, room?.id])).toEqual([['wave_accepted', roomId]]);
    expect(await newest(bruno)).toMatchObject({ kind: 'wave', seenAt: expect.any(Number) });
    // A door for two: others stay out, and either comes back.
    expect(await refusal((await house.person()).rpc.room.join({ roomId }))).toBe('FORBIDDEN not_invited');
    await bruno.rpc.room.leave({ roomId });
    expect((await bruno.rpc.room.join({ roomId })).own.role).toBe('listener');
  });

  test('let pass: nobody is told', async () => {
    const { until } = await anna.rpc.wave.send({ accountId: bruno.id });
    const id = await waveId(bruno);
    await bruno.rpc.wave.decline({ id });
    expect(await anna.rpc.notification.list()).toEqual([]);
    expect(await refusal(bruno.rpc.wave.accept({ id }))).toBe('CONFLICT wave_over');
    expect((await newest(bruno))?.until).toBeLessThan(until);
    expect(await refusal(anna.rpc.wave.decline({ id }))).toBe('NOT_FOUND');
  });

  test('waits five minutes, and is one while it waits', async () => {
    await anna.rpc.wave.send({ accountId: bruno.id });
    await anna.rpc.wave.send({ accountId: bruno.id });
    expect(await bruno.rpc.notification.list()).toHaveLength(1);
    house.clock.advance(WAVE_MS + 1);
    expect(await refusal(bruno.rpc.wave.accept({ id: await waveId(bruno) }))).toBe('CONFLICT wave_over');
  });

  test('at somebody who waves at the same moment is one room', async () => {
    const answers = await Promise.all([
      anna.rpc.wave.send({ accountId: bruno.id }),
      bruno.rpc.wave.send({ accountId: anna.id }),
    ]);
    const rooms = answers.flatMap(({ roomId }) => roomId ?? []);
    expect(rooms).toHaveLength(1);
  });

  test(`is counted: ${WAVES_PER_HOUR} in an hour`, async () => {
    for (let n = 0; n < WAVES_PER_HOUR; n += 1) {
      await anna.rpc.wave.send({ accountId: bruno.id });
      await bruno.rpc.wave.decline({ id: await waveId(bruno) });
      house.clock.advance(1);
    }
    expect(await refusal(anna.rpc.wave.send({ accountId: bruno.id }))).toBe('TOO_MANY_REQUESTS');
  });
});
