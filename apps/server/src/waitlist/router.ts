import { authed } from '../rpc.ts';

export const waitlistRouter = {
  mine: authed.waitlist.mine.handler(({ context }) => context.ctx.waitlist.mine(context.viewer)),
  describe: authed.waitlist.describe.handler(({ input, context }) =>
    context.ctx.waitlist.describe(context.viewer, input.sentence),
  ),
  leave: authed.waitlist.leave.handler(({ context }) => context.ctx.waitlist.leave(context.viewer)),
};
