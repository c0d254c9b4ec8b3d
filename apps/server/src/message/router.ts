import { authed } from '../rpc.ts';

const { message } = authed;

export const messageRouter = {
  post: message.post.handler(({ input, context }) => context.ctx.message.post(context.viewer, input)),
  page: message.page.handler(({ input, context }) => context.ctx.message.page(context.viewer, input)),
  remove: message.remove.handler(({ input, context }) => context.ctx.message.remove(context.viewer, input)),
  setSettings: message.setSettings.handler(({ input, context }) =>
    context.ctx.message.setSettings(context.viewer, input),
  ),
  marker: message.marker.handler(({ input, context }) => context.ctx.message.marker(context.viewer, input.roomId)),
  markRead: message.markRead.handler(({ input, context }) => context.ctx.message.markRead(context.viewer, input)),
  pinLink: message.pinLink.handler(({ input, context }) => context.ctx.pinnedLink.pin(context.viewer, input)),
  unpinLink: message.unpinLink.handler(({ input, context }) =>
    context.ctx.pinnedLink.unpin(context.viewer, input.roomId),
  ),
};
