import type { Topic, TopicId } from '@salotto/contract';

export type TopicService = {
  list(): Promise<Topic[]>;
  /** Topics by id; unknown ids are missing from the map. */
  byIds(ids: readonly TopicId[]): Promise<Map<TopicId, Topic>>;
  /** Adds the topics that come with the product and are not there yet. */
  ensureSeeded(): Promise<void>;
};
