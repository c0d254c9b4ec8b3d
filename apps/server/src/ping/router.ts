import { authed } from '../rpc.ts';

const { ping } = authed;

export const pingRouter = {
  people: ping.people.handler(({ input, context }) => context.ctx.ping.people(context.viewer, input)),
  send: ping.send.handler(({ input, context }) => context.ctx.ping.send(context.viewer, input)),
};
