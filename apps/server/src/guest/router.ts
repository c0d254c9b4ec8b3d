import { authed, open } from '../rpc.ts';

export const guestRouter = {
  readLink: open.guest.readLink.handler(({ input, context }) =>
    context.ctx.guest.readLink(input.token, context.browser),
  ),
  enter: open.guest.enter.handler(({ input, context }) => context.ctx.guest.enter(input, context.browser)),
  enterAsMember: authed.guest.enterAsMember.handler(({ input, context }) =>
    context.ctx.guest.enterAsMember(context.viewer, input.token, context.browser),
  ),
  links: authed.guest.links.handler(({ input, context }) => context.ctx.guest.links(context.viewer, input.roomId)),
  makeLink: authed.guest.makeLink.handler(({ input, context }) => context.ctx.guest.makeLink(context.viewer, input)),
  revokeLink: authed.guest.revokeLink.handler(({ input, context }) =>
    context.ctx.guest.revokeLink(context.viewer, input),
  ),
};
