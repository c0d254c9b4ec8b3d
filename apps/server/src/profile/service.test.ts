import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId, RoomId, TopicId } from '@salotto/contract';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Blobs } from '../blob/blobs.ts';
import { createDiskBlobs } from '../blob/disk.ts';
import { createBlocks } from '../block/blocks.ts';
import { createBlockService } from '../block/service.ts';
import { account } from '../db/schema/account.ts';
import { profile } from '../db/schema/people.ts';
import { createFollowService } from '../follow/service.ts';
import { createPersonIndex } from '../search/person-index.ts';
import { createTestDb, type TestDb } from '../testing/db.ts';
import { anna, buildPerson, marta, wei } from '../testing/people.ts';
import { createTopicService } from '../topic/service.ts';
import { createPeople } from './people.ts';
import { createProfileService, type ProfileService } from './service.ts';

let database: TestDb;
let dir: string;
let blobs: Blobs;
let changed: AccountId[];
let onStage: { roomId: RoomId; title: string } | null;
let service: ProfileService;

beforeAll(async () => {
  database = await createTestDb();
}, 60_000);
afterAll(() => database.close());
afterEach(() => rm(dir, { recursive: true }));

function createServices() {
  const { db } = database;
  const people = createPeople({ db });
  const blocks = createBlocks({ db });
  const follow = createFollowService({ db, clock: Date.now, people, blocks });
  const block = createBlockService({
    ...{ db, clock: Date.now, people, blocks, follow },
    onChanged: () => {},
    onBlocked: async () => {},
  });
  const profiles = createProfileService({
    ...{ db, people, blocks, blobs, index: createPersonIndex({ db }) },
    nominatorOf: async () => ({ nominatorId: null, shown: true }),
    clock: () => 1_700_000_000_000,
    onStage: async () => onStage,
    onCardChanged: (accountId) => void changed.push(accountId),
    logger: pino({ level: 'silent' }),
  });
  return { follow, block, profiles };
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salotto-profile-'));
  blobs = createDiskBlobs(dir);
  changed = [];
  onStage = null;
  await database.db.delete(account);
  service = createServices().profiles;
});

const newcomer = () => buildPerson(database.db, { hasProfile: false });

describe('choosing name and handle', () => {
  test('makes a card', async () => {
    const { id } = await newcomer();
    expect(await service.create(id, { name: ' Anna\u200b  Ferri', handle: 'anna' })).toEqual({
      ...{
        id,
        handle: 'anna',
        name: 'Anna Ferri',
        headline: null,
        organisation: null,
        verifiedDomain: null,
        picture: null,
        demo: false,
        guest: false,
      },
    });
    expect(changed).toEqual([id]);
  });

  test('a name of which nothing is seen is the handle', async () => {
    const { id } = await newcomer();
    expect(await service.create(id, { name: '\u3164', handle: 'anna' })).toMatchObject({ name: 'anna' });
  });

  test('tells why a handle is not free', async () => {
    await buildPerson(database.db, anna);
    const { id } = await newcomer();
    const verdicts = await Promise.all(
      ['anna', 'ann_a', 'admin', 'a', 'annina'].map((handle) => service.checkHandle(id, handle)),
    );
    expect(verdicts).toEqual(['taken', 'look_alike', 'reserved', 'shape', 'free']);
    const create = (handle: string) => service.create(id, { name: 'Anna', handle });
    await expect(create('anna')).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'handle_taken' } });
    await expect(create('ann_a')).rejects.toMatchObject({ code: 'HANDLE_REFUSED', data: { reason: 'look_alike' } });
    await expect(create('admin')).rejects.toMatchObject({ code: 'HANDLE_REFUSED', data: { reason: 'reserved' } });
  });

  test('one’s own handle is free', async () => {
    const { id } = await buildPerson(database.db, anna);
    expect(await service.checkHandle(id, 'anna')).toBe('free');
  });

  test.each([
    ['the same', ['marta', 'marta', 'marta', 'marta', 'marta', 'marta']],
    ['alike', ['marta', 'rnarta', 'mar_ta', 'm4rta', 'm_arta', 'mart4']],
  ])('of six who want %s handle at once, one gets it', async (_name, handles) => {
    const people = await Promise.all(handles.map(newcomer));
    const results = await Promise.allSettled(
      people.map(({ id }, n) => service.create(id, { name: 'Marta', handle: handles[n] ?? '' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(['CONFLICT', 'HANDLE_REFUSED']).toContain(result.reason.code);
    }
    expect(await database.db.$count(profile)).toBe(1);
  });

  test('twice changes nothing', async () => {
    const { id } = await newcomer();
    await service.create(id, { name: 'Anna', handle: 'anna' });
    expect(await service.create(id, { name: 'Other', handle: 'other' })).toMatchObject({
      name: 'Anna',
      handle: 'anna',
    });
  });
});

describe('a profile', () => {
  test('says how two people stand to each other', async () => {
    const { follow, block, profiles } = createServices();
    const me = await buildPerson(database.db, anna);
    const she = await buildPerson(database.db, marta);
    const he = await buildPerson(database.db, wei);
    await follow.follow(me.id, she.id);
    await follow.follow(he.id, she.id);
    await follow.follow(she.id, me.id);
    onStage = { roomId: randomUUID() as RoomId, title: 'Late shift' };
    expect(await profiles.get(me.id, ' MARTA ')).toMatchObject({
      name: 'Marta Nowak',
      organisation: 'City library',
      followers: 2,
      following: 1,
      relation: { self: false, following: true, followsYou: true, blocked: false },
      onStageIn: onStage,
    });
    expect(await profiles.get(me.id, 'anna')).toMatchObject({ relation: { self: true, following: false } });

    await block.block(me.id, she.id);
    expect(await profiles.get(me.id, 'marta')).toMatchObject({
      followers: 1,
      relation: { following: false, followsYou: false, blocked: true },
    });
    await expect(profiles.get(she.id, 'anna')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(profiles.get(me.id, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('changes field by field, cleaned', async () => {
    const { id } = await buildPerson(database.db, anna);
    await service.update(id, { headline: ' Night\u202e shift ', bio: 'one\n\n\n\ntwo', locale: 'zh' });
    expect(changed).toEqual([id]);
    expect(await service.update(id, { bio: 'three' })).toMatchObject({ name: 'Anna Ferri', headline: 'Night shift' });
    expect(changed).toEqual([id]);
    expect(await service.update(id, { name: '\u200b', headline: ' ' })).toMatchObject({
      name: 'Anna Ferri',
      headline: null,
    });
    expect(await service.get(id, 'anna')).toMatchObject({ bio: 'three' });
    const [row] = await database.db.select().from(account).where(eq(account.id, id));
    expect(row?.locale).toBe('zh');
  });

  test('says what somebody does, speaks and knows, without repetitions and without topics of elsewhere', async () => {
    const { id } = await buildPerson(database.db, anna);
    await createTopicService({ db: database.db }).ensureSeeded();
    const about = {
      jobTitle: 'Editor',
      industry: 'media' as const,
      languages: ['it' as const, 'zh' as const, 'it' as const],
      links: ['https://anna.example/', 'https://anna.example/'],
      topics: ['music', 'nowhere', 'books', 'music'] as TopicId[],
    };
    await service.update(id, about);
    expect(changed).toEqual([]);
    const kept = { ...about, languages: ['it', 'zh'], links: ['https://anna.example/'], topics: ['music', 'books'] };
    expect(await service.get(id, 'anna')).toMatchObject(kept);
    await service.update(id, { jobTitle: ' ', industry: null, languages: [] });
    expect(await service.get(id, 'anna')).toMatchObject({ jobTitle: null, industry: null, languages: [] });
  });

  test('what this build does not know is not shown', async () => {
    const { id } = await buildPerson(database.db, anna);
    await database.db.update(profile).set({ industry: 'alchemy', languages: ['it', 'klingon'] });
    expect(await service.get(id, 'anna')).toMatchObject({ industry: null, languages: ['it'] });
  });
});

describe('a profile picture', () => {
  async function picture(background: string): Promise<File> {
    const bytes = await sharp({ create: { width: 20, height: 30, channels: 3, background } })
      .png()
      .toBuffer();
    return new File([new Uint8Array(bytes)], 'me.png');
  }

  test('takes the place of the one before, whose file goes', async () => {
    const { id } = await buildPerson(database.db, anna);
    const first = await service.setPicture(id, await picture('#f00'));
    expect(first.picture).toMatch(/^\/pictures\/[0-9a-f-]{36}\.webp$/);
    const second = await service.setPicture(id, await picture('#00f'));
    expect(second.picture).not.toBe(first.picture);
    expect(await readdir(dir)).toEqual([second.picture?.split('/').at(-1)]);
    expect((await service.removePicture(id)).picture).toBeNull();
    expect(await readdir(dir)).toEqual([]);
    expect(changed).toEqual([id, id, id]);
  });

  test('of two at once one stays, and one file', async () => {
    const { id } = await buildPerson(database.db, anna);
    await Promise.all([service.setPicture(id, await picture('#f00')), service.setPicture(id, await picture('#00f'))]);
    const card = (await service.cards([id])).get(id);
    expect(await readdir(dir)).toEqual([card?.picture?.split('/').at(-1)]);
  });

  test('leaves nothing behind when it is refused', async () => {
    const { id } = await buildPerson(database.db, anna);
    await expect(service.setPicture(id, new File(['no'], 'x.png'))).rejects.toMatchObject({ code: 'PICTURE_REFUSED' });
    const nobody = await newcomer();
    await expect(service.setPicture(nobody.id, await picture('#f00'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await readdir(dir)).toEqual([]);
    expect(changed).toEqual([]);
  });
});
