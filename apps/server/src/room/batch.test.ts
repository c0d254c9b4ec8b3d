import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { partsOf, type RoomCommand } from './command.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import { apply, newRoom } from './state.ts';

let house: TestServer;
let anna: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
  anna = await house.person({ name: 'Anna' });
});
afterAll(() => house.close());

const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );

test('commands on oneself go together, any other alone and in its turn', () => {
  const decide = () => [];
  const own: RoomCommand = { actor: { accountId: 'a' }, decide };
  const mute: RoomCommand = { ...own, target: { participationId: 'p' } };
  const leave: RoomCommand = { ...own, afterwards: async () => {} };
  const upkeep: RoomCommand = { actor: 'system', decide };
  const commands = [own, own, mute, own, leave, upkeep, own, own];
  expect(partsOf(commands)).toEqual([[own, own], [mute], [own], [leave], [upkeep], [own, own]]);
});

test('many at once, some of them twice and some refused, leave what the log says', async () => {
  const { roomId } = await anna.rpc.room.start({ title: 'At once', locale: 'en', key: randomUUID() });
  const people = await Promise.all(Array.from({ length: 8 }, () => house.person()));
  const ids = await Promise.all(people.map(async ({ rpc }) => (await rpc.room.join({ roomId })).own.participationId));
  const [outsider, sent, ...others] = [await house.person(), ...people] as [SignedIn, SignedIn, ...SignedIn[]];
  await anna.rpc.room.remove({ roomId, participationId: ids[0] as (typeof ids)[number] });

  const raise = ({ rpc }: SignedIn) => code(rpc.room.raiseHand({ roomId }));
  const lower = ({ rpc }: SignedIn) => code(rpc.room.lowerHand({ roomId }));
  const answers = await Promise.all([
    ...others.flatMap((one) => [raise(one), lower(one), raise(one), raise(one)]),
    code(anna.rpc.room.offerStage({ roomId, participationId: ids[1] as (typeof ids)[number] })),
  ]);
  expect(new Set(answers)).toEqual(new Set(['ok']));
  expect(await Promise.all([raise(outsider), raise(sent), ...others.map(raise)])).toEqual([
    'FORBIDDEN not_in_room',
    'FORBIDDEN removed',
    ...others.map(() => 'ok'),
  ]);

  const log = await logStore.updatesAfter(house.db, roomId, { after: 0, limit: 500 });
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1));
  const replayed = log.reduce(apply, newRoom({ handPolicy: 'everyone', starterId: anna.id, startedAt: 0 }));
  const byId = (a: { participationId: string }, b: { participationId: string }) =>
    a.participationId < b.participationId ? -1 : 1;
  const hands = await handStore.handsIn(house.db, roomId);
  expect(hands.sort(byId)).toEqual([...replayed.hands.values()].sort(byId));
  expect(hands.map(({ participationId }) => participationId).sort()).toEqual(ids.slice(1).sort());
});
