import type { RoomId } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCrowd } from '../testing/crowd.ts';
import { createGuestBrowser } from '../testing/guests.ts';
import { createTestServer, type SignedIn, type TestServer } from '../testing/index.ts';
import { findByWords } from './audience-store.ts';

const CROWD = 3_000;

let house: TestServer;
let [anna, lukasz, wei, marta]: SignedIn[] = [];
let roomId: RoomId;
let crowd: { participationId: string; accountId: string }[];

beforeAll(async () => {
  house = await createTestServer();
  await house.server.ctx.reaper.stop();
  [anna, lukasz, wei, marta] = await Promise.all([
    house.person({ name: 'Anna Ferri', handle: 'anna' }),
    house.person({ name: 'Łukasz Désiré', handle: 'luk', headline: 'Élève de 100% radio_lab', organisation: 'MÚSICA' }),
    house.person({ name: '韦明', handle: 'wei' }),
    house.person({ name: 'Марта Новак', handle: 'marta' }),
  ]);
  ({ roomId } = await starter().rpc.room.start({
    title: 'Full house',
    topics: [],
    locale: 'en',
    key: crypto.randomUUID(),
  }));
  for (const one of [lukasz, wei, marta]) await one?.rpc.room.join({ roomId });
  crowd = await buildCrowd(house.db, { roomId, size: CROWD });
  for (const one of crowd) house.server.ctx.presence.seen({ roomId, ...one });
});
afterAll(() => house.close());

const starter = () => anna as SignedIn;
const search = (text: string, person = starter()) => person.rpc.room.searchAudience({ roomId, search: text });
const names = async (text: string, person = starter()) =>
  (await search(text, person)).people.map((one) => one.person.name);
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'allowed',
    (error) => `${error.code} ${error.data?.reason ?? ''}`.trim(),
  );

it.each([
  ['lukasz', 'Łukasz Désiré'],
  ['DESIRE ŁUKASZ', 'Łukasz Désiré'],
  ['@luk', 'Łukasz Désiré'],
  ['eleve', 'Łukasz Désiré'],
  ['musica', 'Łukasz Désiré'],
  ['100% radio_lab', 'Łukasz Désiré'],
  ['明', '韦明'],
  ['НОВАК', 'Марта Новак'],
])('finds by name, handle, headline and organisation, whatever case and accents: %s', async (text, name) => {
  expect(await names(text)).toEqual([name]);
});

it('takes every sign for itself', async () => {
  expect([await names('%'), await names('crowd_1'), await names('\\')]).toEqual([['Łukasz Désiré'], [], []]);
});

it('shows some of many and counts, first those whose name begins so, and tells where it stops counting', async () => {
  const found = await search('crowd 299');
  // 299, 1299, 2299, and 2990 to 2999.
  expect(found.count).toBe(13);
  expect(found.people.map(({ person }) => person.name)).toContain('Crowd 2999');
  const many = await search('radio');
  expect([many.people.length, many.count, many.more]).toEqual([50, 1_000, true]);
});

it('names nobody who went, is on stage, was removed, or only seems to be there', async () => {
  const { presence } = house.server.ctx;
  expect(await names('anna')).toEqual([]);
  const [silent, removed] = crowd.slice(10, 12) as [(typeof crowd)[number], (typeof crowd)[number]];
  expect(await names('crowd11')).toContain('Crowd 11');
  presence.gone(roomId, silent.participationId);
  await starter().rpc.room.remove({ roomId, participationId: removed.participationId as never });
  const left = await names('crowd1');
  expect([left.includes('Crowd 11'), left.includes('Crowd 12')]).toEqual([false, false]);
});

it('hides people who blocked each other from each other, and nobody from a moderator', async () => {
  const [one, other] = [wei, marta] as [SignedIn, SignedIn];
  expect(await names('marta', one)).toEqual([other.name]);
  await other.rpc.block.block({ accountId: one.id });
  await other.rpc.block.block({ accountId: starter().id });
  expect([await names('marta', one), await names('wei', other), await names('marta')]).toEqual([[], [], [other.name]]);
});

it('is for people in the room; of guests, for those who moderate', async () => {
  const outside = await house.person();
  expect(await refusal(search('crowd', outside))).toBe('FORBIDDEN not_in_room');
  const { token } = await starter().rpc.guest.makeLink({ roomId, kind: 'speaker', expiry: 'room', uses: null });
  const guest = createGuestBrowser(house.origin);
  await guest.call('guest/enter', { token, name: 'Gina', locale: 'en' });
  await guest.call('room/join', { roomId });
  const find = async () =>
    (await fetch(`${house.origin}/api/rooms/${roomId}/audience?search=luk`, { headers: { cookie: guest.cookie() } }))
      .status;
  expect([await find(), await names('gina')]).toEqual([403, ['Gina']]);
  const own = (await search('gina')).people[0]?.participationId as never;
  await guest.call('room/acceptOffer', { roomId });
  await starter().rpc.room.makeModerator({ roomId, participationId: own });
  expect(await find()).toBe(200);
});

it('lets a moderator call and remove somebody who is in no sample', async () => {
  const audience = await house.server.ctx.room.audience(roomId);
  const sample = [...audience.followedBySpeakers.people, ...audience.everyoneElse.people];
  const found = (await search('crowd 2777')).people[0];
  if (!found) throw new Error('nobody was found');
  expect(sample.some(({ participationId }) => participationId === found.participationId)).toBe(false);
  const { participationId } = found;
  await starter().rpc.room.offerStage({ roomId, participationId });
  const { hands } = await house.server.ctx.room.view(roomId, 'stage');
  expect(hands.map((hand) => [hand.participationId, hand.state])).toEqual([[participationId, 'offered']]);
  await starter().rpc.room.remove({ roomId, participationId });
  expect(await names('crowd 2777')).toEqual([]);
});

it('reads the places of the room alone, from their index', async () => {
  const key = crypto.randomUUID();
  const elsewhere = await (lukasz as SignedIn).rpc.room.start({ title: 'Elsewhere', locale: 'en', key });
  await buildCrowd(house.db, { ...elsewhere, size: 12_000, name: 'elsewhere' });
  await house.db.execute(sql`analyze participation, profile, guest`);
  const query = findByWords(house.db, { roomId, words: ['crowd', '29'], limit: 1_001 });
  const plan = await house.db.execute<{ 'QUERY PLAN': string }>(sql`explain ${query}`);
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('participation_active');
});

it('is limited', async () => {
  const busy = lukasz as SignedIn;
  for (let asked = 0; asked < 40; asked++) await search('nobody at all', busy);
  expect(await refusal(search('nobody at all', busy))).toBe('TOO_MANY_REQUESTS');
});
