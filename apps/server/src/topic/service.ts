import type { Topic, TopicId } from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { seedTopics } from './seed-topics.ts';
import { createTopicStore } from './store.ts';

export type TopicService = {
  list(): Promise<Topic[]>;
  /** Topics by id; unknown ids are missing from the map. */
  byIds(ids: readonly TopicId[]): Promise<Map<TopicId, Topic>>;
  /** Adds the topics that come with the product and are not there yet. */
  ensureSeeded(): Promise<void>;
};

export function createTopicService(deps: { db: Db }): TopicService {
  const { db } = deps;
  const store = createTopicStore();
  return {
    list: () => store.all(db),
    async byIds(ids) {
      const wanted = new Set(ids);
      return new Map((await store.all(db)).filter(({ id }) => wanted.has(id)).map((topic) => [topic.id, topic]));
    },
    ensureSeeded: () =>
      store.add(
        db,
        seedTopics.map(({ id, names }) => ({ id: id as TopicId, names })),
      ),
  };
}
