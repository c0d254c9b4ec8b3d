import { authed } from '../rpc.ts';

export const addressBookRouter = {
  get: authed.addressBook.get.handler(({ context }) => context.ctx.addressBook.get(context.viewer)),
  upload: authed.addressBook.upload.handler(({ input, context }) =>
    context.ctx.addressBook.upload(context.viewer, input),
  ),
  remove: authed.addressBook.remove.handler(({ context }) => context.ctx.addressBook.remove(context.viewer)),
};
