import type { ParticipationId, RoomId } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { refusal } from '../testing/refusal.ts';

let house: TestServer;
let anna: SignedIn;
let wei: SignedIn;
let outside: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  anna = await house.person({ organisation: 'City Library' });
  wei = await house.person({ organisation: 'city  library' });
  outside = await house.person();
});
afterAll(() => house.close());

let roomId: RoomId;
let annas: ParticipationId;
let weis: ParticipationId;
let began = 0;
beforeEach(async () => {
  ({ roomId } = await anna.rpc.room.start({ title: 'Voices', locale: 'en', key: crypto.randomUUID() }));
  annas = (await anna.rpc.room.join({ roomId })).own.participationId;
  weis = (await wei.rpc.room.join({ roomId })).own.participationId;
  began = house.clock.now();
  house.clock.advance(60_000);
});

const ledger = () => house.server.ctx.ledger;
const record = (...intervals: [who: string, fromMs: number, toMs: number][]) =>
  ledger().record({
    roomId,
    notBefore: began,
    notAfter: began + 60_000,
    intervals: intervals.map(([participationId, from, to]) => ({
      participationId,
      from: began + from,
      to: began + to,
    })),
  });
const spoken = async () => Object.fromEntries(await ledger().spokenMs(roomId));

it('counts an interval once, however often and in whatever lengths it is told', async () => {
  await record([annas, 0, 2_000], [annas, 0, 3_000], [weis, 1_000, 2_000]);
  await record([annas, 0, 5_000], [weis, 1_000, 2_000]);
  await record([annas, 0, 2_000]);
  expect(await spoken()).toEqual({ [anna.id]: 5_000, [wei.id]: 1_000 });
});

it('takes nothing from before the lease, after now, or of people who were never in the room', async () => {
  await record([annas, -5_000, 1_000], [weis, 59_000, 70_000], [crypto.randomUUID(), 0, 1_000], [weis, 900, 900]);
  expect(await spoken()).toEqual({ [anna.id]: 1_000, [wei.id]: 1_000 });
});

it('shows people in the room who spoke, for whom, and who has the word', async () => {
  await record([annas, 0, 4_000], [weis, 50_000, 59_000]);
  const read = await wei.rpc.room.ledger({ roomId });
  expect(read.totalMs).toBe(13_000);
  expect(read.people.map(({ person, spokenMs }) => [person.id, spokenMs])).toEqual([
    [wei.id, 9_000],
    [anna.id, 4_000],
  ]);
  expect(read.organisations).toEqual([{ organisation: 'city  library', people: 2, spokenMs: 13_000 }]);
  expect(read.turn).toEqual({ participationId: weis, since: began + 50_000 });
  expect(await ledger().turnOf(roomId)).toMatchObject({ accountId: wei.id });
});

it('keeps what somebody spoke for at that time', async () => {
  await record([annas, 0, 1_000]);
  await anna.rpc.profile.update({ organisation: 'Radio Uno' });
  await record([annas, 5_000, 6_000], [annas, 0, 1_000]);
  const { organisations } = await anna.rpc.room.ledger({ roomId });
  expect(organisations.map(({ organisation, spokenMs }) => [organisation, spokenMs])).toEqual([
    ['City Library', 1_000],
    ['Radio Uno', 1_000],
  ]);
  await anna.rpc.profile.update({ organisation: 'City Library' });
});

it('is for people in the room, while it lasts', async () => {
  expect(await refusal(outside.rpc.room.ledger({ roomId }))).toBe('FORBIDDEN not_in_room');
  await anna.rpc.room.remove({ roomId, participationId: weis });
  expect(await refusal(wei.rpc.room.ledger({ roomId }))).toBe('FORBIDDEN removed');
  await anna.rpc.room.end({ roomId });
  expect(await refusal(anna.rpc.room.ledger({ roomId }))).toBe('CONFLICT room_ended');
  expect(await refusal(anna.rpc.room.ledger({ roomId: crypto.randomUUID() as RoomId }))).toBe('FORBIDDEN not_in_room');
});
