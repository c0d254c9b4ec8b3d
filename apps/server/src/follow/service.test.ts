import { randomUUID } from 'node:crypto';
import type { AccountId } from '@salotto/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBlocks } from '../block/blocks.ts';
import { FOLLOWED_FOR_MS, MARK_KEPT_MS } from '../block/mark.ts';
import { type BlockService, createBlockService } from '../block/service.ts';
import { account } from '../db/schema/account.ts';
import { follow as followTable } from '../db/schema/people.ts';
import { createPeople } from '../profile/people.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { anna, buildPerson, marta, type TestPerson, tom, wei } from '../testing/people.ts';
import { createFollowService, type FollowService } from './service.ts';

let database: TestDb;
let nowMs: number;
let changed: AccountId[];
let follow: FollowService;
let block: BlockService;
let [a, w, m, t]: TestPerson[] = [];
const id = (person: TestPerson | undefined): AccountId => person?.id ?? expect.fail('nobody');

beforeAll(async () => {
  database = await createTestDb();
}, 60_000);
afterAll(() => database.close());

beforeEach(async () => {
  const { db } = database;
  await db.delete(account);
  nowMs = 1_700_000_000_000;
  changed = [];
  const clock = () => nowMs++;
  const people = createPeople({ db });
  const blocks = createBlocks({ db });
  follow = createFollowService({ db, clock, people, blocks });
  block = createBlockService({
    ...{ db, clock, people, blocks, follow },
    onChanged: (who) => void changed.push(who),
    onBlocked: async () => {},
  });
  [a, w, m, t] = await Promise.all([anna, wei, marta, tom].map((person) => buildPerson(db, person)));
});

describe('following', () => {
  test('is one way, once, newest first', async () => {
    await follow.follow(id(a), id(w));
    await follow.follow(id(a), id(m));
    await follow.follow(id(a), id(w));
    expect(await follow.ids(id(a))).toEqual([id(m), id(w)]);
    expect(await follow.ids(id(w))).toEqual([]);
    expect((await follow.following(id(t), { handle: 'anna' })).people.map(({ handle }) => handle)).toEqual([
      'marta',
      'wei',
    ]);
    expect((await follow.followers(id(t), { handle: 'wei' })).people.map(({ handle }) => handle)).toEqual(['anna']);
    await follow.unfollow(id(a), id(w));
    await follow.unfollow(id(a), id(w));
    expect(await follow.ids(id(a))).toEqual([id(m)]);
  });

  test('is refused for oneself and for nobody', async () => {
    await expect(follow.follow(id(a), id(a))).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'self' } });
    await expect(follow.follow(id(a), randomUUID() as AccountId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const unnamed = await buildPerson(database.db, { hasProfile: false });
    await expect(follow.follow(id(a), unnamed.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(follow.followers(id(a), { handle: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('pages show everybody once, also those of the same instant', async () => {
    const fans = await Promise.all(Array.from({ length: 120 }, () => buildPerson(database.db)));
    await database.db
      .insert(followTable)
      .values(fans.map((fan, n) => ({ followerId: fan.id, followedId: id(a), createdAt: new Date(1000 + (n >> 4)) })));
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await follow.followers(id(a), { handle: 'anna', after });
      seen.push(...page.people.map((person) => person.id));
      after = page.next ?? undefined;
      pages += 1;
    } while (after);
    expect(pages).toBe(3);
    expect(seen).toHaveLength(120);
    expect(new Set(seen)).toEqual(new Set(fans.map((fan) => fan.id)));
  });

  test.each(['', 'x', '!!!', Buffer.from("1 ' or true --").toString('base64url')])(
    'a cursor that is none (%j) begins anew',
    async (after) => {
      await follow.follow(id(a), id(w));
      expect((await follow.following(id(a), { handle: 'anna', after })).people).toHaveLength(1);
    },
  );

  test('who is followed by somebody on stage', async () => {
    await follow.follow(id(a), id(w));
    await follow.follow(id(m), id(t));
    await follow.follow(id(t), id(a));
    const candidates = [id(a), id(w), id(t)];
    expect(await follow.followedByAny({ speakers: [id(a), id(m)], candidates })).toEqual(new Set([id(w), id(t)]));
    expect(await follow.followedByAny({ speakers: [], candidates })).toEqual(new Set());
    expect(await follow.followedByAny({ speakers: [id(a)], candidates: [] })).toEqual(new Set());
  });

  test('suggestions: known by one’s own people first, then the most followed, nobody twice or blocked', async () => {
    const [known, loved, blocked, unknown] = await Promise.all(
      ['known', 'loved', 'hated', 'fresh'].map((handle) => buildPerson(database.db, { handle })),
    );
    const fans = await Promise.all([1, 2, 3].map(() => buildPerson(database.db, { hasProfile: false })));
    await follow.follow(id(a), id(w));
    await follow.follow(id(w), id(known));
    for (const fan of fans) await follow.follow(fan.id, id(loved));
    for (const fan of fans) await follow.follow(fan.id, id(blocked));
    await block.block(id(blocked), id(a));
    const handles = (await follow.suggestions(id(a))).map(({ person: { handle } }) => handle);
    expect(handles.slice(0, 2)).toEqual(['known', 'loved']);
    expect(new Set(handles.slice(2))).toEqual(new Set(['fresh', 'marta', 'tom']));
    expect(id(unknown)).toBeTruthy();
  });
});

describe('how much to hear of somebody', () => {
  test('is one’s own to set, for whom one follows, and ends with the follow', async () => {
    await expect(follow.setHear(id(a), { accountId: id(w), hear: 'never' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await follow.follow(id(a), id(w));
    await follow.follow(id(m), id(w));
    expect(await follow.hears(id(a))).toEqual({});
    await follow.setHear(id(a), { accountId: id(w), hear: 'never' });
    expect(await follow.hears(id(a))).toEqual({ [id(w)]: 'never' });
    expect([await follow.hearOf(id(a), id(w)), await follow.hearOf(id(m), id(w))]).toEqual(['never', 'always']);
    expect(await follow.hearOf(id(w), id(a))).toBeNull();
    await follow.follow(id(a), id(w));
    expect(await follow.hearOf(id(a), id(w))).toBe('never');
    await follow.unfollow(id(a), id(w));
    await follow.follow(id(a), id(w));
    expect(await follow.hears(id(a))).toEqual({});
  });
});

describe('followers', () => {
  test('are removed by whom they follow, who stays a follower of theirs; they may come again', async () => {
    await follow.follow(id(w), id(a));
    await follow.follow(id(m), id(a));
    await follow.follow(id(a), id(w));
    await follow.removeFollower(id(a), id(w));
    await follow.removeFollower(id(a), id(w));
    expect([await follow.ids(id(w)), await follow.ids(id(m)), await follow.ids(id(a))]).toEqual([[], [id(a)], [id(w)]]);
    expect(changed).toEqual([]);
    await follow.follow(id(w), id(a));
    expect(await follow.ids(id(w))).toEqual([id(a)]);
  });

  test('are marked in lists where they follow the one who looks', async () => {
    await follow.follow(id(w), id(t));
    await follow.follow(id(m), id(t));
    await follow.follow(id(w), id(a));
    expect((await follow.followers(id(a), { handle: 'tom' })).followYou).toEqual([id(w)]);
    expect((await follow.followers(id(t), { handle: 'tom' })).followYou.sort()).toEqual([id(w), id(m)].sort());
  });

  test('known: whom one follows among them, without who is blocked or blocks', async () => {
    for (const person of [w, m]) {
      await follow.follow(id(a), id(person));
      await follow.follow(id(person), id(t));
    }
    const known = async () => (await follow.known(id(a), id(t))).people.map(({ handle }) => handle).sort();
    expect(await known()).toEqual(['marta', 'wei']);
    expect(await follow.known(id(w), id(t))).toEqual({ people: [], count: 0 });
    await block.block(id(m), id(a));
    expect(await known()).toEqual(['wei']);
    await block.block(id(t), id(a));
    await expect(follow.known(id(a), id(t))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('blocking', () => {
  test('ends follows in both directions and keeps both away', async () => {
    await follow.follow(id(a), id(w));
    await follow.follow(id(w), id(a));
    await follow.follow(id(a), id(m));
    await block.block(id(a), id(w));
    expect(changed).toEqual([id(a), id(w)]);
    expect(await follow.ids(id(a))).toEqual([id(m)]);
    expect(await follow.ids(id(w))).toEqual([]);
    await expect(follow.follow(id(a), id(w))).rejects.toMatchObject({ code: 'FORBIDDEN', data: { reason: 'blocked' } });
    await expect(follow.follow(id(w), id(a))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(follow.followers(id(w), { handle: 'anna' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await block.list(id(a))).map(({ handle }) => handle)).toEqual(['wei']);
    expect(await block.list(id(w))).toEqual([]);
    expect(await block.blockedIds(id(a))).toEqual([id(w)]);
    expect(await block.eitherWay(id(w), [id(a), id(m)])).toEqual(new Set([id(a)]));
    expect(await block.eitherWay(id(a), [id(w), id(m)])).toEqual(new Set([id(w)]));
    expect(await block.eitherWay(id(a), [])).toEqual(new Set());
  });

  test('hides both from each other in the lists of others', async () => {
    await follow.follow(id(a), id(t));
    await follow.follow(id(w), id(t));
    await block.block(id(a), id(w));
    const seenBy = async (viewer: TestPerson | undefined) =>
      (await follow.followers(id(viewer), { handle: 'tom' })).people.map(({ handle }) => handle);
    expect(await seenBy(a)).toEqual(['anna']);
    expect(await seenBy(w)).toEqual(['wei']);
    expect(await seenBy(m)).toEqual(['wei', 'anna']);
  });

  test('is taken back without bringing follows back', async () => {
    await follow.follow(id(a), id(w));
    await block.block(id(a), id(w));
    await block.block(id(a), id(w));
    await block.unblock(id(w), id(a));
    expect(await block.blockedIds(id(a))).toEqual([id(w)]);
    changed = [];
    await block.unblock(id(a), id(w));
    await block.unblock(id(a), id(w));
    expect(changed).toEqual([id(a), id(w)]);
    expect(await follow.ids(id(a))).toEqual([]);
    await follow.follow(id(w), id(a));
  });

  describe('by several of those whom one follows', () => {
    const marked = async () => (await block.mark(id(a), id(t))).bySeveral;
    const followAndBlock = async (people: (TestPerson | undefined)[]) => {
      for (const person of people) {
        await follow.follow(id(a), id(person));
        await block.block(id(person), id(t));
      }
    };

    test('is told from three on, of follows that are a day old, an hour later at most', async () => {
      const third = await buildPerson(database.db);
      await followAndBlock([w, m]);
      await block.block(third.id, id(t));
      nowMs += FOLLOWED_FOR_MS + 1_000;
      expect(await marked()).toBe(false);
      await follow.follow(id(a), third.id);
      nowMs += MARK_KEPT_MS;
      expect(await marked()).toBe(false);
      nowMs += FOLLOWED_FOR_MS;
      expect(await marked()).toBe(true);
      await block.unblock(third.id, id(t));
      expect(await marked()).toBe(true);
      nowMs += MARK_KEPT_MS;
      expect(await marked()).toBe(false);
    });

    test('is nobody’s about themselves, and not told to others', async () => {
      await followAndBlock([w, m, await buildPerson(database.db)]);
      nowMs += FOLLOWED_FOR_MS + 1_000;
      expect(await block.mark(id(t), id(t))).toEqual({ bySeveral: false });
      expect(await block.mark(id(w), id(t))).toEqual({ bySeveral: false });
      expect(await marked()).toBe(true);
    });
  });

  test('is refused for oneself and for nobody', async () => {
    await expect(block.block(id(a), id(a))).rejects.toMatchObject({ data: { reason: 'self' } });
    await expect(block.block(id(a), randomUUID() as AccountId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(changed).toEqual([]);
  });

  test('no follow slips past a block at the same moment', async () => {
    for (let round = 0; round < 15; round += 1) {
      await Promise.allSettled([follow.follow(id(w), id(a)), block.block(id(a), id(w)), follow.follow(id(a), id(w))]);
      expect(await database.db.$count(followTable)).toBe(0);
      await block.unblock(id(a), id(w));
    }
  });
});
