import { authed } from '../rpc.ts';

const { wave } = authed;

export const waveRouter = {
  here: wave.here.handler(({ context }) => context.ctx.wave.here(context.viewer)),
  shown: wave.shown.handler(({ context }) => context.ctx.wave.shown(context.viewer)),
  setShown: wave.setShown.handler(({ input, context }) => context.ctx.wave.setShown(context.viewer, input.shown)),
  send: wave.send.handler(({ input, context }) => context.ctx.wave.send(context.viewer, input)),
  accept: wave.accept.handler(({ input, context }) => context.ctx.wave.accept(context.viewer, input)),
  decline: wave.decline.handler(({ input, context }) => context.ctx.wave.decline(context.viewer, input.id)),
};
