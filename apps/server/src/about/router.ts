import { open } from '../rpc.ts';

export const aboutRouter = {
  get: open.about.get.handler(({ context }) => context.ctx.about.get(context.browser.headers.get('host'))),
};
