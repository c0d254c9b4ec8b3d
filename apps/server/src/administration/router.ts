import { authed } from '../rpc.ts';

export const administrationRouter = {
  get: authed.administration.get.handler(({ context }) => context.ctx.administration.get(context.viewer)),
  update: authed.administration.update.handler(({ input, context }) =>
    context.ctx.administration.update(context.viewer, input),
  ),
  links: authed.administration.links.handler(({ context }) => context.ctx.administration.links(context.viewer)),
  letIn: authed.administration.letIn.handler(({ context }) => context.ctx.administration.letIn(context.viewer)),
  helpIn: authed.administration.helpIn.handler(({ input, context }) =>
    context.ctx.administration.helpIn(context.viewer, input.handle),
  ),
  revokeLink: authed.administration.revokeLink.handler(({ input, context }) =>
    context.ctx.administration.revokeLink(context.viewer, input.id),
  ),
};
