import type { Topic, TopicId } from '@salotto/contract';
import type { DbOrTx } from '../db/client.ts';
import { topic } from '../db/schema/room.ts';

export function createTopicStore() {
  return {
    async all(db: DbOrTx): Promise<Topic[]> {
      const rows = await db.select().from(topic).orderBy(topic.id);
      return rows.map((row) => ({ id: row.id as TopicId, names: row.names }));
    },

    async add(db: DbOrTx, topics: readonly Topic[]): Promise<void> {
      if (topics.length === 0) return;
      await db.insert(topic).values(topics.map(row)).onConflictDoNothing();
    },
  };
}

/** Absent names are left out of the column, not written as null. */
function row({ id, names }: Topic) {
  return { id, names: { en: names.en, ...(names.it && { it: names.it }), ...(names.zh && { zh: names.zh }) } };
}
