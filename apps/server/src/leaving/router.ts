import { authed } from '../rpc.ts';

export const leavingRouter = {
  ask: authed.leaving.ask.handler(({ input, context }) =>
    context.ctx.leaving.ask(context.viewer, input.code, context.browser),
  ),
  mine: authed.leaving.mine.handler(({ context }) => context.ctx.leaving.mine(context.viewer)),
  comeBack: authed.leaving.comeBack.handler(({ context }) => context.ctx.leaving.comeBack(context.viewer)),
};
