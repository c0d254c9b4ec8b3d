import { authed } from '../rpc.ts';

export const profileRouter = {
  get: authed.profile.get.handler(({ input, context }) =>
    context.ctx.profile.get(context.viewer.accountId, input.handle),
  ),
  update: authed.profile.update.handler(({ input, context }) =>
    context.ctx.profile.update(context.viewer.accountId, input),
  ),
  setPicture: authed.profile.setPicture.handler(({ input, context }) =>
    context.ctx.profile.setPicture(context.viewer.accountId, input.picture),
  ),
  removePicture: authed.profile.removePicture.handler(({ context }) =>
    context.ctx.profile.removePicture(context.viewer.accountId),
  ),
};
