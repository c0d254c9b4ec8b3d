import { authed } from '../rpc.ts';

export const waitlistRouter = {
  mine: authed.waitlist.mine.handler(({ context }) => context.ctx.waitlist.mine(context.viewer)),
  describe: authed.waitlist.describe.handler(({ input, context }) =>
    context.ctx.waitlist.describe(context.viewer, input),
  ),
  leave: authed.waitlist.leave.handler(({ context }) => context.ctx.waitlist.leave(context.viewer)),
  known: authed.waitlist.known.handler(({ context }) => context.ctx.waitlist.known(context.viewer)),
  waveIn: authed.waitlist.waveIn.handler(({ input, context }) =>
    context.ctx.waitlist.waveIn(context.viewer, input.accountId),
  ),
  list: authed.waitlist.list.handler(({ input, context }) => context.ctx.waitlist.list(context.viewer, input.after)),
  admit: authed.waitlist.admit.handler(({ input, context }) =>
    context.ctx.waitlist.admitByHand(context.viewer, input.accountIds),
  ),
  funnel: authed.waitlist.funnel.handler(({ context }) => context.ctx.waitlist.funnel(context.viewer)),
  cohorts: authed.waitlist.cohorts.handler(({ context }) => context.ctx.waitlist.cohorts(context.viewer)),
  planCohort: authed.waitlist.planCohort.handler(({ input, context }) =>
    context.ctx.waitlist.planCohort(context.viewer, input),
  ),
  cancelCohort: authed.waitlist.cancelCohort.handler(({ input, context }) =>
    context.ctx.waitlist.cancelCohort(context.viewer, input.id),
  ),
};
