import { authed } from '../rpc.ts';

const { notification } = authed;

export const notificationRouter = {
  list: notification.list.handler(({ context }) => context.ctx.notification.list(context.viewer.accountId)),
  see: notification.see.handler(({ input, context }) =>
    context.ctx.notification.see(context.viewer.accountId, input.id),
  ),
  seeAll: notification.seeAll.handler(({ context }) => context.ctx.notification.seeAll(context.viewer.accountId)),
};
