import { randomUUID } from 'node:crypto';
import { MIXER_LEASE_MS, type ParticipationId, type RoomId } from '@salotto/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { isMixer } from './service.ts';

const [first, second] = [randomUUID(), randomUUID()];

let house: TestServer;
let anna: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  anna = await house.person();
});
afterAll(() => house.close());

let roomId: RoomId;
let annas: ParticipationId;
beforeEach(async () => {
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', locale: 'en', key: randomUUID() }));
  annas = (await anna.rpc.room.join({ roomId })).own.participationId;
  await anna.rpc.room.setMicrophone({ roomId, open: true });
});
afterEach(() => anna.rpc.room.end({ roomId }).catch(() => undefined));

const mixer = () => house.server.ctx.mixer;
const waits = async () => (await mixer().waiting({ holdMs: 0 })).roomIds.includes(roomId);
const claim = (mixerId: string) => mixer().claim({ mixerId, roomId });

it('gives a room with somebody on stage to one mixer at a time', async () => {
  expect(await waits()).toBe(true);
  expect(await claim(first)).toMatchObject({ roomId, generation: 1 });
  expect(await waits()).toBe(false);
  expect(await claim(second)).toBeNull();
});

it('gives it to another one, as a new generation, when the first is silent', async () => {
  await claim(first);
  house.clock.advance(MIXER_LEASE_MS - 1);
  expect(await claim(second)).toBeNull();
  house.clock.advance(1);
  expect(await claim(second)).toMatchObject({ generation: 2 });
  expect(await mixer().renew({ mixerId: first, leases: [{ roomId, generation: 1 }] })).toEqual({ kept: [] });
});

it('keeps what is renewed, and frees what is released', async () => {
  await claim(first);
  house.clock.advance(MIXER_LEASE_MS - 1);
  expect(await mixer().renew({ mixerId: first, leases: [{ roomId, generation: 1 }] })).toEqual({
    kept: [{ roomId, measured: true, open: true }],
  });
  house.clock.advance(MIXER_LEASE_MS - 1);
  expect(await claim(second)).toBeNull();
  await mixer().release({ roomId, generation: 1 });
  expect(await claim(second)).toMatchObject({ generation: 2 });
});

it('frees what a mixer held that runs no more', async () => {
  await claim(first);
  await mixer().ended(second);
  expect(await claim(second)).toBeNull();
  await mixer().ended(first);
  expect(await claim(second)).toMatchObject({ generation: 2 });
});

it('takes nothing from an older generation', async () => {
  await claim(first);
  house.clock.advance(MIXER_LEASE_MS);
  const now = house.clock.now();
  await claim(second);
  const intervals = [{ participationId: annas, from: now, to: now + 1_000 }];
  await expect(mixer().report({ roomId, generation: 1, intervals })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(mixer().connect({ roomId, generation: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  house.clock.advance(2_000);
  await mixer().report({ roomId, generation: 2, intervals });
  expect((await house.server.ctx.ledger.spokenMs(roomId)).get(anna.id)).toBe(1_000);
});

it('takes an echo from the newest generation alone, and shows it until it is over', async () => {
  await claim(first);
  house.clock.advance(MIXER_LEASE_MS);
  await claim(second);
  const report = (generation: number, echoes: boolean) =>
    mixer().reportEchoes({ roomId, generation, echoes: [{ participationId: annas, echoes }] });
  const shown = async () => (await house.server.ctx.room.sounds(roomId)).moderators.sounds.map(({ state }) => state);
  await expect(report(1, true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await shown()).toEqual([]);
  await report(2, true);
  expect(await shown()).toEqual(['echo']);
  await report(2, false);
  expect(await shown()).toEqual([]);
});

it('leaves a room alone in which no microphone is open, and offers it the moment one is', async () => {
  await anna.rpc.room.setMicrophone({ roomId, open: false });
  expect(await waits()).toBe(false);
  const offered = mixer().waiting({ holdMs: 4_000 });
  await anna.rpc.room.setMicrophone({ roomId, open: true });
  expect((await offered).roomIds).toContain(roomId);
});

it('hears whoever sends sound without having opened their microphone here', async () => {
  await anna.rpc.room.setMicrophone({ roomId, open: false });
  const offered = mixer().waiting({ holdMs: 4_000 });
  house.server.ctx.publisher.publish({ kind: 'room.published', roomId });
  expect((await offered).roomIds).toContain(roomId);
  expect(await claim(first)).toMatchObject({ generation: 1 });
  house.clock.advance(60_000);
  const kept = [{ roomId, measured: true, open: false }];
  expect(await mixer().renew({ mixerId: first, leases: [{ roomId, generation: 1 }] })).toEqual({ kept });
});

it('hears a room without a ledger too, and measures nothing there', async () => {
  await anna.rpc.room.change({ roomId, ledger: false });
  expect(await waits()).toBe(true);
  expect(await claim(first)).toMatchObject({ generation: 1, measured: false });
  const renewed = () => mixer().renew({ mixerId: first, leases: [{ roomId, generation: 1 }] });
  expect(await renewed()).toEqual({ kept: [{ roomId, measured: false, open: true }] });
  const now = house.clock.now();
  house.clock.advance(2_000);
  const heard = [{ participationId: annas, from: now, to: now + 1_000 }];
  await mixer().report({ roomId, generation: 1, intervals: heard });
  await mixer().reportEchoes({ roomId, generation: 1, echoes: [{ participationId: annas, echoes: true }] });
  await anna.rpc.room.change({ roomId, ledger: true });
  expect((await house.server.ctx.ledger.spokenMs(roomId)).size).toBe(0);
  expect((await house.server.ctx.room.sounds(roomId)).moderators.sounds).toMatchObject([{ state: 'echo' }]);
  expect(await renewed()).toEqual({ kept: [{ roomId, measured: true, open: true }] });
});

it('wants the mixer on the stage plane hidden and mute, and no older one', async () => {
  await claim(first);
  house.clock.advance(MIXER_LEASE_MS);
  await claim(second);
  expect([...(await mixer().wantedGrants(roomId))]).toEqual([['mixer.2', { publish: false, hidden: true }]]);
  expect(isMixer('mixer.2')).toBe(true);
  expect(isMixer(annas)).toBe(false);
});

it('is no matter of a room that has ended', async () => {
  await claim(first);
  await anna.rpc.room.end({ roomId });
  expect(await waits()).toBe(false);
  expect(await claim(second)).toBeNull();
  expect(await mixer().renew({ mixerId: first, leases: [{ roomId, generation: 1 }] })).toEqual({ kept: [] });
});
