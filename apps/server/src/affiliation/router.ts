import { authed } from '../rpc.ts';

export const affiliationRouter = {
  get: authed.affiliation.get.handler(({ context }) => context.ctx.affiliation.get(context.viewer.accountId)),
  requestCode: authed.affiliation.requestCode.handler(({ input, context }) =>
    context.ctx.affiliation.requestCode(context.viewer.accountId, input, context.browser.address),
  ),
  confirm: authed.affiliation.confirm.handler(({ input, context }) =>
    context.ctx.affiliation.confirm(context.viewer.accountId, input),
  ),
  remove: authed.affiliation.remove.handler(({ context }) => context.ctx.affiliation.remove(context.viewer.accountId)),
};
