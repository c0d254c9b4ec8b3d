import { authed } from '../rpc.ts';

const { note } = authed;

export const noteRouter = {
  get: note.get.handler(({ input, context }) => context.ctx.note.get(context.viewer.accountId, input.accountId)),
  set: note.set.handler(({ input, context }) => context.ctx.note.set(context.viewer.accountId, input)),
  list: note.list.handler(({ context }) => context.ctx.note.list(context.viewer.accountId)),
};
