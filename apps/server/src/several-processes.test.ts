import type { Audience, RoomId, ServerMessage } from '@salotto/contract';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Several, type Somebody, startSeveral, type Way } from './testing/several.ts';
import type { TestTab } from './testing/tab.ts';

const started = await startSeveral();
const house = started as Several;
afterAll(() => started?.stop());

const WITHIN = { timeout: 15_000 };
type Entered = Somebody & { participationId: string; tab: TestTab; way: Way };

async function room(): Promise<{ roomId: RoomId; anna: Entered }> {
  const anna = await house.person('Anna Ferri');
  const { roomId } = await anna.by('first').room.start({ title: 'Radio', locale: 'en', key: crypto.randomUUID() });
  return { roomId, anna: await enter(roomId, anna, 'first') };
}

async function enter(roomId: RoomId, person: Somebody, way: Way): Promise<Entered> {
  const { own } = await person.by(way).room.join({ roomId });
  const tab = await house.tab(way, person);
  tab.watch(`room:${roomId}`);
  await tab.snapshot();
  return { ...person, participationId: own.participationId, tab, way };
}

async function listeners(roomId: RoomId, ways: Way[]): Promise<Entered[]> {
  return Promise.all(ways.map(async (way, n) => enter(roomId, await house.person(`Listener ${n}`), way)));
}

const audienceOf = (message: ServerMessage): Audience | undefined =>
  message.type === 'room.audience' || message.type === 'room' ? message.audience : undefined;
const heads = ({ tab }: Entered): number | undefined =>
  tab.messages.flatMap((m) => audienceOf(m) ?? []).at(-1)?.listening;
const faces = ({ tab }: Entered): string[] =>
  (tab.messages.flatMap((m) => audienceOf(m) ?? []).at(-1)?.everyoneElse.people ?? [])
    .map(({ participationId }) => participationId as string)
    .sort();
const redisIs = async (status: string) => {
  for (const process of [house.first, house.second]) {
    await expect.poll(() => house.part(process, 'redis'), WITHIN).toBe(status);
  }
};
/** Everything a tab was told of the room's log, from its snapshot on, without a hole or a double. */
function expectWhole(tab: TestTab, after: number): void {
  const seqs = tab.updates().map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, n) => after + 1 + n));
}

describe.skipIf(!started)('two processes (needs redis-server and nginx)', () => {
  afterEach(() => redisIs('ok'));

  test('people of one room agree: audience, hands, stage, and who was removed', async () => {
    const { roomId, anna } = await room();
    const people = await listeners(roomId, ['first', 'second', 'second', 'proxy']);
    const everyone = [anna, ...people];
    for (const one of everyone) await expect.poll(() => heads(one), WITHIN).toBe(4);
    for (const one of everyone) expect(faces(one)).toEqual(people.map((person) => person.participationId).sort());

    const [, wei, tom] = people as [Entered, Entered, Entered];
    const from = await anna.tab.snapshot();
    await wei.by('second').room.raiseHand({ roomId });
    const raised = await anna.tab.until(() => anna.tab.updates().find(({ kind }) => kind === 'hand.raised'));
    expect(raised).toMatchObject({ hand: { participationId: wei.participationId } });
    await anna.by('first').room.offerStage({ roomId, participationId: wei.participationId as never });
    await wei.by('second').room.acceptOffer({ roomId });
    for (const one of everyone) {
      await expect.poll(async () => (await one.by(one.way).room.join({ roomId })).room.stage.length, WITHIN).toBe(2);
      await expect.poll(() => heads(one), WITHIN).toBe(3);
    }
    expectWhole(anna.tab, from.seq);

    await anna.by('first').room.remove({ roomId, participationId: tom.participationId as never });
    expect(await tom.tab.gone(1_000)).toMatchObject({ reason: 'removed' });
    for (const one of [anna, wei]) await expect.poll(() => heads(one), WITHIN).toBe(2);
    const cards = await Promise.all((['first', 'second'] as const).map((way) => anna.by(way).room.card({ roomId })));
    expect(cards.map(({ listening }) => listening)).toEqual([2, 2]);
  });

  test('a picture given to one is there from the other', async () => {
    const anna = await house.person('Anna Ferri');
    const png = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#a33' } })
      .png()
      .toBuffer();
    const card = await anna
      .by('first')
      .profile.setPicture({ picture: new File([new Uint8Array(png)], 'me.png', { type: 'image/png' }) });
    for (const way of ['first', 'second', 'proxy'] as const) {
      const answer = await fetch(`${house.addressOf(way)}${card.picture}`);
      expect([way, answer.status, answer.headers.get('content-type')]).toEqual([way, 200, 'image/webp']);
    }
  });

  test('limits hold across both', async () => {
    const anna = await house.person('Anna Ferri');
    const ask = (way: Way) => house.client(way).account.requestCode({ email: anna.email, locale: 'en' });
    await ask('first');
    await expect(ask('second')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const left = async (way: Way) =>
      Number((await fetch(`${house.addressOf(way)}/api/about`)).headers.get('x-ratelimit-remaining'));
    const before = await left('first');
    expect(before).toBeGreaterThan(0);
    expect(await left('second')).toBe(before - 1);
    expect(await left('first')).toBe(before - 2);
  });

  test('without Redis both go on and repair from the log; with it again they are well by themselves', async () => {
    const { roomId, anna } = await room();
    const [wei] = (await listeners(roomId, ['second'])) as [Entered];
    await house.redis.kill();
    await redisIs('degraded');
    const from = await wei.tab.snapshot();
    expect((await fetch(`${house.origin}/health`)).status).toBe(200);
    const askedAt = performance.now();
    await anna.by('first').room.setMicrophone({ roomId, open: true });
    expect(performance.now() - askedAt).toBeLessThan(2_000);
    await anna.tab.seq(from.seq + 1, 1_000);
    await wei.tab.seq(from.seq + 1, 10_000);
    await expect(house.client('first').account.requestCode({ email: wei.email, locale: 'en' })).resolves.toBeDefined();
    const late = await house.person('Late');
    await enter(roomId, late, 'second');
    await house.redis.start();
    await redisIs('ok');
    for (const one of [anna, wei]) await expect.poll(() => heads(one), WITHIN).toBe(2);
    const { room: seen } = await wei.by('second').room.join({ roomId });
    expect(seen.stage.map(({ lost }) => lost)).toEqual([false]);
  });

  test('one is killed in the middle: nothing acknowledged is lost, and its people go on at the other by seq', async () => {
    const { roomId, anna } = await room();
    const people = await listeners(
      roomId,
      Array.from({ length: 8 }, (_, n): Way => (n % 2 ? 'second' : 'first')),
    );
    const known = (await anna.tab.snapshot()).seq;
    let acknowledged = 0;
    const busy = people.map(async (one) => {
      const { raiseHand, lowerHand } = one.by('first').room;
      for (let n = 0; ; n += 1) {
        try {
          await (n % 2 === 0 ? raiseHand : lowerHand)({ roomId });
        } catch {
          return;
        }
        acknowledged += 1;
      }
    });
    await expect.poll(() => acknowledged, { ...WITHIN, interval: 1 }).toBeGreaterThan(40);
    await house.first.kill();
    await Promise.all(busy);

    // Each acknowledged command is one update of the log; each person may have had one more under way.
    const { room: now } = await anna.by('proxy').room.join({ roomId });
    expect(now.seq - known).toBeGreaterThanOrEqual(acknowledged);
    expect(now.seq - known).toBeLessThanOrEqual(acknowledged + people.length);

    const lost = [anna, ...people.filter(({ way }) => way === 'first')];
    for (const one of lost) {
      await one.tab.closed(5_000);
      const heardTo = Math.max((await one.tab.snapshot()).seq, one.tab.updates().at(-1)?.seq ?? 0);
      const back = await house.tab('proxy', one);
      back.watch(`room:${roomId}`, heardTo);
      await one.by('proxy').room.join({ roomId });
      one.tab = back;
      if (heardTo < now.seq) await back.seq(now.seq, 10_000);
      expect(back.snapshots()).toEqual([]);
      expectWhole(back, heardTo);
    }

    await house.first.start();
    await redisIs('ok');
    for (const one of [anna, ...people]) await expect.poll(() => heads(one), WITHIN).toBe(people.length);
    for (const way of ['first', 'second'] as const) {
      const count = async () => (await anna.by(way).room.card({ roomId })).listening;
      await expect.poll(count, WITHIN).toBe(people.length);
    }
    const { room: after } = await anna.by('first').room.join({ roomId });
    expect(after.stage).toMatchObject([{ participationId: anna.participationId, lost: false }]);
    const told = people.flatMap(({ tab }) => tab.updates().map(({ kind }) => kind));
    expect(told).not.toContain('seat.lost');
  });
});
