import { keptOut } from '../account/policy.ts';
import { DomainError } from '../errors.ts';
import { open } from '../rpc.ts';

export const hallwayRouter = {
  /** On a demo server the hallway is the first screen, before anybody signs in. */
  get: open.hallway.get.handler(async ({ context }) => {
    const { ctx, viewer, browser } = context;
    if (!viewer && !ctx.config.demo) throw new DomainError('UNAUTHORIZED');
    if (viewer?.guest) throw new DomainError('FORBIDDEN', { reason: 'guest' });
    if (viewer && viewer.status !== 'member') {
      throw new DomainError('FORBIDDEN', { reason: keptOut(viewer.status) });
    }
    if (viewer && !viewer.hasProfile) throw new DomainError('FORBIDDEN', { reason: 'profile_missing' });
    const me = viewer ? await ctx.account.me(viewer, browser) : null;
    return ctx.hallway.get(me && { accountId: me.id, locale: me.locale });
  }),
};
