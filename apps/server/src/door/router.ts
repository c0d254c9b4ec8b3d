import { authed } from '../rpc.ts';

export const doorRouter = {
  get: authed.door.get.handler(({ context }) => context.ctx.door.get(context.viewer)),
  update: authed.door.update.handler(({ input, context }) => context.ctx.door.update(context.viewer, input)),
  addToList: authed.door.addToList.handler(({ input, context }) =>
    context.ctx.door.addToList(context.viewer, input.entries),
  ),
  clearList: authed.door.clearList.handler(({ context }) => context.ctx.door.clearList(context.viewer)),
  isListed: authed.door.isListed.handler(({ input, context }) =>
    context.ctx.door.isListed(context.viewer, input.entry),
  ),
};
