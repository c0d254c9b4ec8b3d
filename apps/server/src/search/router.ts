import { authed } from '../rpc.ts';

export const searchRouter = {
  people: authed.search.people.handler(({ input, context }) =>
    context.ctx.search.people(context.viewer.accountId, input),
  ),
};
