import { authed, open } from '../rpc.ts';

export const accountRouter = {
  requestCode: open.account.requestCode.handler(({ input, context }) =>
    context.ctx.account.requestCode(input, context.browser),
  ),
  signIn: open.account.signIn.handler(({ input, context }) => context.ctx.account.signIn(input, context.browser)),
  readLink: open.account.readLink.handler(({ input, context }) => context.ctx.account.readLink(input, context.browser)),
  enterByLink: open.account.enterByLink.handler(({ input, context }) =>
    context.ctx.account.enterByLink(input, context.browser),
  ),
  signOut: open.account.signOut.handler(({ context }) => context.ctx.account.signOut(context.browser)),
  me: open.account.me.handler(({ context }) => context.ctx.account.me(context.viewer, context.browser)),
  checkHandle: authed.account.checkHandle.handler(({ input, context }) =>
    context.ctx.account.checkHandle(context.viewer, input.handle),
  ),
  createProfile: authed.account.createProfile.handler(({ input, context }) =>
    context.ctx.account.createProfile(context.viewer, input),
  ),
  demoPeople: open.account.demoPeople.handler(({ context }) => context.ctx.account.demoPeople()),
  lookAround: open.account.lookAround.handler(({ input, context }) =>
    context.ctx.account.lookAround(input, context.browser),
  ),
};
