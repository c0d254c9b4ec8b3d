import { authed, open } from '../rpc.ts';

export const inviteRouter = {
  mine: authed.invite.mine.handler(({ context }) => context.ctx.invite.mine(context.viewer)),
  make: authed.invite.make.handler(({ input, context }) => context.ctx.invite.make(context.viewer, input)),
  revoke: authed.invite.revoke.handler(({ input, context }) => context.ctx.invite.revoke(context.viewer, input.id)),
  showNominator: authed.invite.showNominator.handler(({ input, context }) =>
    context.ctx.invite.showNominator(context.viewer, input.shown),
  ),
  read: open.invite.read.handler(({ input, context }) =>
    context.ctx.invite.read(input.code, context.viewer, context.browser),
  ),
  accept: open.invite.accept.handler(({ input, context }) =>
    context.ctx.invite.accept(input, context.viewer, context.browser),
  ),
  roots: authed.invite.roots.handler(({ context }) => context.ctx.invite.roots(context.viewer)),
  branch: authed.invite.branch.handler(({ input, context }) =>
    context.ctx.invite.branch(context.viewer, input.accountId),
  ),
  actOnBranch: authed.invite.actOnBranch.handler(({ input, context }) =>
    context.ctx.invite.actOnBranch(context.viewer, input.accountId, input.kind),
  ),
  undoAct: authed.invite.undoAct.handler(({ input, context }) => context.ctx.invite.undoAct(context.viewer, input.id)),
  grant: authed.invite.grant.handler(({ input, context }) =>
    context.ctx.invite.grant(context.viewer, input.accountId, input.extra),
  ),
};
