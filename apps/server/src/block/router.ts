import { authed } from '../rpc.ts';

export const blockRouter = {
  block: authed.block.block.handler(({ input, context }) =>
    context.ctx.block.block(context.viewer.accountId, input.accountId),
  ),
  unblock: authed.block.unblock.handler(({ input, context }) =>
    context.ctx.block.unblock(context.viewer.accountId, input.accountId),
  ),
  mark: authed.block.mark.handler(({ input, context }) =>
    context.ctx.block.mark(context.viewer.accountId, input.accountId),
  ),
  list: authed.block.list.handler(({ context }) => context.ctx.block.list(context.viewer.accountId)),
};
