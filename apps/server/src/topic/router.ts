import { authed } from '../rpc.ts';

export const topicRouter = {
  list: authed.topic.list.handler(({ context }) => context.ctx.topic.list()),
};
