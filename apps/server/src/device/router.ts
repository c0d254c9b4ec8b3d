import { authed } from '../rpc.ts';

export const deviceRouter = {
  list: authed.device.list.handler(({ context }) => context.ctx.device.list(context.viewer)),
  signOut: authed.device.signOut.handler(({ input, context }) => context.ctx.device.signOut(context.viewer, input.id)),
  signOutOthers: authed.device.signOutOthers.handler(({ context }) => context.ctx.device.signOutOthers(context.viewer)),
};
