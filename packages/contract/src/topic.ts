import { z } from 'zod';
import { authed } from './base.ts';
import { TopicId } from './ids.ts';

export const Topic = z.object({
  id: TopicId,
  /** By locale; `en` is always there. */
  names: z.object({ en: z.string(), it: z.string().optional(), zh: z.string().optional() }),
});
export type Topic = z.infer<typeof Topic>;

export const topic = {
  list: authed.route({ method: 'GET', path: '/topics', summary: 'All topics' }).output(z.array(Topic)),
};
