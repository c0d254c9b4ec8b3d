import { forMixers } from '../rpc.ts';

/** The same tree as the mixers' contract. */
export const mixerRouter = forMixers.router({
  waiting: forMixers.waiting.handler(({ input, context }) => context.ctx.mixer.waiting(input)),
  claim: forMixers.claim.handler(({ input, context }) => context.ctx.mixer.claim(input)),
  renew: forMixers.renew.handler(({ input, context }) => context.ctx.mixer.renew(input)),
  release: forMixers.release.handler(({ input, context }) => context.ctx.mixer.release(input)),
  connect: forMixers.connect.handler(({ input, context }) => context.ctx.mixer.connect(input)),
  reportEchoes: forMixers.reportEchoes.handler(({ input, context }) => context.ctx.mixer.reportEchoes(input)),
  report: forMixers.report.handler(({ input, context }) => context.ctx.mixer.report(input)),
});
