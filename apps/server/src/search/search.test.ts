import { SEARCH_DEEPEST, SEARCH_PAGE } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account } from '../db/schema/account.ts';
import { follow } from '../db/schema/people.ts';
import { room } from '../db/schema/room.ts';
import { buildCrowd } from '../testing/crowd.ts';
import { anna, createTestServer, marta, type SignedIn, type TestServer, tom, wei } from '../testing/index.ts';
import { readFoundCursor, writeFoundCursor } from './cursor.ts';
import { createPersonIndex } from './person-index.ts';

let house: TestServer;
let me: SignedIn;
beforeAll(async () => {
  house = await createTestServer();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  await house.db.delete(room);
  await house.db.delete(account);
  me = await house.person(tom);
});

type Wanted = Parameters<SignedIn['rpc']['search']['people']>[0];
const found = async (wanted: Wanted, who = me) =>
  (await who.rpc.search.people(wanted)).people.map(({ person }) => person.handle);

describe('people are found', () => {
  beforeEach(async () => {
    await house.person({ ...anna, organisation: 'Radio Città', jobTitle: 'Redattrice', industry: 'media' });
    await house.person({ ...wei, organisation: '北京大学', languages: ['zh', 'en'], industry: 'education' });
    await house.person({ ...marta, languages: ['pl'], topics: ['books'] });
    await house.person({ handle: 'wangwei', name: '王伟' });
    await house.person({ handle: 'wangxm', name: '王小明' });
  });

  test.each<[string, string, string[]]>([
    ['by a name', 'ferri', ['anna']],
    ['by the beginning of it, without accents or case', 'FÉRR', ['anna']],
    ['by several words in any order', 'nowak mar', ['marta']],
    ['by handle', '@wangwei', ['wangwei']],
    ['by role', 'redattr', ['anna']],
    ['by organisation', 'citta', ['anna']],
    ['by organisation, in Chinese', '北京', ['wei']],
    ['by industry, in any language', '传媒', ['anna']],
    ['by topic, in another language', 'libri', ['marta']],
    ['by language', 'polacco', ['marta']],
    ['by a name of two characters', '王伟', ['wangwei']],
    ['by one character', '王', ['wangwei', 'wangxm']],
    ['by three characters', '王小明', ['wangxm']],
    ['by a given name', '小明', ['wangxm']],
    ['by both scripts', 'anna 传媒', ['anna']],
  ])('%s', async (_how, text, handles) => {
    expect((await found({ text })).sort()).toEqual(handles);
  });

  test.each<[Wanted, string[]]>([
    [{ industry: 'media' }, ['anna']],
    [{ language: 'pl' }, ['marta']],
    [{ organisation: 'citta' }, ['anna']],
    [{ organisation: 'anna' }, []],
    [{ text: 'wei', language: 'en' }, ['wei']],
    [{ text: 'wei', language: 'pl' }, []],
  ])('with filters: %o', async (wanted, handles) => expect(await found(wanted)).toEqual(handles));

  test('nothing wanted finds nobody, and neither does syntax', async () => {
    for (const text of ['', '  ', '!', "' | 'anna", '%', ':*']) {
      expect(await found({ text }), text).toEqual(text.includes('anna') ? ['anna'] : []);
    }
  });

  test('a name that nobody has finds those that look alike, and says so', async () => {
    const answer = await me.rpc.search.people({ text: 'Feri' });
    expect(answer).toMatchObject({ alike: true, next: null, people: [{ person: { handle: 'anna' } }] });
    expect(await me.rpc.search.people({ text: 'zzzzzz' })).toEqual({ alike: false, next: null, people: [] });
  });

  test('one finds oneself too, with what is said beside a name', async () => {
    expect((await me.rpc.search.people({ text: 'tom' })).people[0]).toMatchObject({
      person: { id: me.id },
      followers: 0,
    });
    expect((await me.rpc.search.people({ text: 'anna' })).people[0]).toMatchObject({
      jobTitle: 'Redattrice',
      industry: 'media',
    });
  });
});

describe('who is never found', () => {
  test('whoever blocked somebody, and whom they blocked', async () => {
    const [she, he] = await Promise.all([house.person(anna), house.person({ handle: 'bruno', name: 'Anna Bruno' })]);
    await me.rpc.block.block({ accountId: she.id });
    await he.rpc.block.block({ accountId: me.id });
    expect(await found({ text: 'anna' })).toEqual([]);
    expect(await found({ text: 'anne' })).toEqual([]);
    expect(await found({ text: 'tom' }, she)).toEqual([]);
    expect(await found({ text: 'tom' }, he)).toEqual([]);
    await me.rpc.block.unblock({ accountId: she.id });
    expect(await found({ text: 'anna' })).toEqual(['anna']);
  });

  test.each(['waiting', 'paused', 'removed'] as const)('whoever is %s', async (status) => {
    await house.person({ ...anna, status });
    expect(await found({ text: 'anna' })).toEqual([]);
    expect(await found({ text: 'annx' })).toEqual([]);
    await expect(me.rpc.profile.get({ handle: 'anna' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('whoever is a guest, or has no profile yet', async () => {
    const { id } = await house.person(anna);
    await house.person({ handle: 'annina', hasProfile: false });
    await house.db.execute(sql`update account set kind = 'guest' where id = ${id}`);
    expect(await found({ text: 'anna' })).toEqual([]);
    expect(await found({ text: 'annx' })).toEqual([]);
  });
});

describe('the order', () => {
  test('a handle as it was typed, then whom one follows, then by followers', async () => {
    const people = [];
    for (const [handle, name] of [
      ['lina_a', 'Lina Alba'],
      ['lina_b', 'Lina Bosco'],
      ['lina_c', 'Lina Corti'],
      ['lina', 'Lina Dossi'],
    ] as const)
      people.push(await house.person({ handle, name }));
    const [, second, third] = people;
    for (const fan of [marta, wei])
      await (await house.person(fan)).rpc.follow.follow({ accountId: third?.id ?? me.id });
    await me.rpc.follow.follow({ accountId: second?.id ?? me.id });
    expect(await found({ text: 'lina' })).toEqual(['lina', 'lina_b', 'lina_c', 'lina_a']);
    expect((await found({ text: 'Lina Alba' }))[0]).toBe('lina_a');
  });

  test('people known to many come before those whom nobody follows, and pages show everybody once', async () => {
    const { roomId } = await me.rpc.room.start({ title: 'Full house', locale: 'en', key: crypto.randomUUID() });
    const crowd = (await buildCrowd(house.db, { roomId, size: 320 })).map(({ accountId }) => accountId);
    const index = createPersonIndex({ db: house.db });
    await index.fill();
    const star = crowd.at(-1) ?? '';
    await house.db.insert(follow).values(crowd.slice(0, 120).map((followerId) => ({ followerId, followedId: star })));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await me.rpc.search.people({ text: 'crowd', after });
      expect(page.people.length).toBeLessThanOrEqual(SEARCH_PAGE);
      seen.push(...page.people.map(({ person }) => person.id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen[0]).toBe(star);
    expect(seen).toHaveLength(SEARCH_DEEPEST);
    expect(new Set(seen).size).toBe(SEARCH_DEEPEST);
  });

  test('a cursor that nobody wrote begins anew', async () => {
    const cursor = { rank: 2, followers: 12, id: crypto.randomUUID() };
    expect(readFoundCursor(writeFoundCursor(cursor))).toEqual(cursor);
    for (const text of ['', 'x', writeFoundCursor({ ...cursor, id: 'x' }), Buffer.from('[1]').toString('base64url')])
      expect(readFoundCursor(text)).toBeNull();
  });
});

test('whoever searches without end is asked to wait', async () => {
  const outcomes = [];
  for (let n = 0; n < 61; n += 1) {
    outcomes.push(
      await me.rpc.search.people({ text: 'x' }).then(
        () => 'found',
        (error) => error.code,
      ),
    );
  }
  expect(outcomes.indexOf('TOO_MANY_REQUESTS')).toBe(60);
  expect(await (await house.person(anna)).rpc.search.people({ text: 'x' })).toMatchObject({ people: [] });
});
