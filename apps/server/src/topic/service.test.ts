import type { TopicId } from '@salotto/contract';
import { expect, test } from 'vitest';
import { createTestDb } from '../testing/db.ts';
import { seedTopics } from './seed-topics.ts';
import { createTopicService } from './service.ts';

test('topics are there after the first start, and once after the second', { timeout: 60_000 }, async () => {
  const database = await createTestDb();
  try {
    const topics = createTopicService({ db: database.db });
    expect(await topics.list()).toEqual([]);
    await Promise.all([topics.ensureSeeded(), topics.ensureSeeded()]);
    await topics.ensureSeeded();
    const list = await topics.list();
    expect(new Set(list.map(({ id }) => id))).toEqual(new Set(seedTopics.map(({ id }) => id)));
    expect(list.find(({ id }) => id === 'technology')?.names).toEqual(seedTopics[0]?.names);
    const some = await topics.byIds(['technology', 'nowhere'] as TopicId[]);
    expect([...some.keys()]).toEqual(['technology']);
  } finally {
    await database.close();
  }
});
