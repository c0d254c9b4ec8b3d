import type { RoomId } from '@salotto/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { openTab } from '../testing/tab.ts';
import * as logStore from './log-store.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let marta: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  // Time is moved by hand, and so is what follows from it.
  await house.server.ctx.reaper.stop();
  [anna, wei, marta] = await Promise.all([house.person(), house.person(), house.person()]);
});
afterAll(() => house.close());

let roomId: RoomId;
beforeEach(async () => {
  ({ roomId } = await anna.rpc.room.start({ title: 'Order', topics: [], locale: 'en', key: crypto.randomUUID() }));
});
afterEach(() => anna.rpc.room.end({ roomId }).catch(() => {}));

const figures: string[] = [];
afterAll(() => {
  process.stdout.write(`${figures.map((figure) => `  ${figure}\n`).join('')}`);
});

type Refused = { code: string; data?: { reason?: string; until?: number | null } };
const refusal = (call: Promise<unknown>): Promise<Refused | null> =>
  call.then(
    () => null,
    ({ code, data }) => ({ code, data }),
  );
const reasonOf = async (call: Promise<unknown>) => (await refusal(call))?.data?.reason ?? 'allowed';
const enter = async (person: SignedIn) => (await person.rpc.room.join({ roomId })).own.participationId;
const stageRoles = async (by: SignedIn) =>
  (await by.rpc.room.join({ roomId })).room.stage.map((seat) => [seat.person.id, seat.role]);

async function onStage(person: SignedIn) {
  const participationId = await enter(person);
  await anna.rpc.room.offerStage({ roomId, participationId });
  await person.rpc.room.acceptOffer({ roomId });
  return participationId;
}

async function watching(person: SignedIn) {
  const tab = await openTab({ origin: house.origin, cookie: person.cookie });
  tab.watch(`room:${roomId}`);
  await tab.snapshot();
  return tab;
}

describe('a ban', () => {
  it('ends every open stream within a second, tells until when, and is lifted by time', async () => {
    const participationId = await onStage(wei);
    const tab = await watching(wei);
    const until = house.clock.now() + 15 * 60_000;
    const from = performance.now();
    await anna.rpc.room.ban({ roomId, participationId, minutes: 15 });
    expect(await tab.gone()).toMatchObject({ reason: 'removed', until });
    const told = performance.now() - from;
    figures.push(`ban to the end of its updates ${Math.round(told)} ms`);
    expect(told).toBeLessThan(1_000);

    const { ctx } = house.server;
    expect((await ctx.room.wantedGrants(roomId)).has(participationId)).toBe(false);
    expect(await ctx.room.admit({ roomId, participationId, issuedAtSeconds: null })).toMatchObject({ ok: false });
    const refused = { code: 'FORBIDDEN', data: { reason: 'removed', until } };
    expect(await refusal(wei.rpc.room.join({ roomId }))).toMatchObject(refused);
    expect(await refusal(wei.rpc.room.connect({ roomId }))).toMatchObject(refused);
    expect(await ctx.room.places(wei.id)).toMatchObject([{ roomId, out: 'removed', outUntil: until }]);

    house.clock.advance(15 * 60_000 - 1);
    await ctx.room.upkeep(roomId);
    expect(await reasonOf(wei.rpc.room.join({ roomId }))).toBe('removed');
    house.clock.advance(1);
    await ctx.room.upkeep(roomId);
    await enter(wei);
  });

  it('is listed for moderators, who can lift it', async () => {
    const participationId = await enter(wei);
    await anna.rpc.room.ban({ roomId, participationId, minutes: null });
    await enter(marta);
    expect(await reasonOf(marta.rpc.room.bans({ roomId }))).toBe('role');
    expect(await reasonOf(marta.rpc.room.liftBan({ roomId, accountId: wei.id }))).toBe('role');
    expect(await anna.rpc.room.bans({ roomId })).toMatchObject([{ person: { id: wei.id }, until: null }]);
    await anna.rpc.room.liftBan({ roomId, accountId: wei.id });
    expect(await anna.rpc.room.bans({ roomId })).toEqual([]);
    await enter(wei);
  });
});

describe('a moderator’s own block', () => {
  afterEach(() => anna.rpc.block.unblock({ accountId: wei.id }));

  it('keeps the blocked person out of the rooms that the blocker moderates, and of no others', async () => {
    await anna.rpc.block.block({ accountId: wei.id });
    expect(await reasonOf(wei.rpc.room.join({ roomId }))).toBe('blocked');
    const elsewhere = await marta.rpc.room.start({ title: 'Hers', locale: 'en', key: crypto.randomUUID() });
    await anna.rpc.room.join(elsewhere);
    await wei.rpc.room.join(elsewhere);
    await marta.rpc.room.end(elsewhere);
  });

  it('sends the blocked person out of a shared room within a second, as a moderator’s act', async () => {
    const participationId = await onStage(wei);
    const tab = await watching(wei);
    const from = performance.now();
    await anna.rpc.block.block({ accountId: wei.id });
    expect(await tab.gone()).toMatchObject({ reason: 'removed', until: null });
    const told = performance.now() - from;
    figures.push(`block to the end of its updates ${Math.round(told)} ms`);
    expect(told).toBeLessThan(1_000);
    const log = await logStore.updatesAfter(house.db, roomId, { after: 0, limit: 100 });
    const act = log.find((update) => update.kind === 'person.removed');
    expect(act).toMatchObject({ participationId, accountId: wei.id, actor: log[0]?.actor });
  });

  it('of a listener changes nothing in the room', async () => {
    await enter(marta);
    await enter(wei);
    await marta.rpc.block.block({ accountId: wei.id });
    await enter(wei);
    await marta.rpc.block.unblock({ accountId: wei.id });
  });
});

describe('a speaker’s block', () => {
  afterEach(() => marta.rpc.block.unblock({ accountId: wei.id }));

  it('keeps the blocked person from entering while the speaker is on stage', async () => {
    await onStage(marta);
    await marta.rpc.block.block({ accountId: wei.id });
    expect(await reasonOf(wei.rpc.room.join({ roomId }))).toBe('blocked');
    expect(await reasonOf(wei.rpc.room.knock({ roomId }))).toBe('blocked');
    await marta.rpc.room.leaveStage({ roomId });
    await enter(wei);
  });

  it('sends nobody out: not when it is made, and not when the speaker comes on stage later', async () => {
    await enter(wei);
    await marta.rpc.block.block({ accountId: wei.id });
    await onStage(marta);
    await enter(wei);
    await marta.rpc.block.unblock({ accountId: wei.id });
    await marta.rpc.block.block({ accountId: wei.id });
    await enter(wei);
    expect((await anna.rpc.room.bans({ roomId })).length).toBe(0);
    // The way back is closed like any other.
    await wei.rpc.room.leave({ roomId });
    expect(await reasonOf(wei.rpc.room.join({ roomId }))).toBe('blocked');
  });

  it('does not shut whoever started the room out of it', async () => {
    await onStage(marta);
    await anna.rpc.room.makeModerator({ roomId, participationId: await onStage(wei) });
    await marta.rpc.block.block({ accountId: anna.id });
    await anna.rpc.room.leave({ roomId });
    await enter(anna);
    await marta.rpc.block.unblock({ accountId: anna.id });
    await wei.rpc.room.end({ roomId });
  });
});

describe('a moderator who vanished', () => {
  /** Nothing is seen of somebody for so long, and of everybody else all the time. */
  async function pass(ms: number, silent: string) {
    const { ctx } = house.server;
    for (let gone = 0; gone < ms; gone += 5_000) {
      house.clock.advance(5_000);
      for (const seat of (await ctx.room.view(roomId, 'stage')).stage) {
        const person = { roomId, participationId: seat.participationId, accountId: seat.person.id };
        if (seat.person.id !== silent) ctx.presence.seen(person);
      }
      await ctx.room.upkeep(roomId);
    }
  }

  it('is followed by the longest-serving speaker, and gets the role back by returning in time', async () => {
    await onStage(wei);
    await pass(140_000, anna.id);
    expect(await stageRoles(wei)).toEqual([[wei.id, 'moderator']]);
    await pass(300_000, anna.id);
    expect(await stageRoles(anna)).toEqual([
      [wei.id, 'moderator'],
      [anna.id, 'moderator'],
    ]);
  });

  it('is a listener after ten minutes', async () => {
    await onStage(wei);
    await pass(140_000 + 600_000, anna.id);
    expect(await stageRoles(anna)).toEqual([[wei.id, 'moderator']]);
  });

  it('is waited for while the listeners are told that the room closes', async () => {
    await enter(wei);
    const tab = await watching(wei);
    await pass(135_000, anna.id);
    await tab.until(() => tab.updates().find((update) => update.kind === 'stage.left'));
    const { room } = await wei.rpc.room.join({ roomId });
    expect(room.stage).toEqual([]);
    expect(room.closesAt).toBeGreaterThan(house.clock.now());
    await pass(70_000, anna.id);
    expect(await tab.gone()).toMatchObject({ reason: 'ended' });
    expect(tab.updates().at(-1)).toMatchObject({ kind: 'room.ended', reason: 'abandoned' });
  });
});
