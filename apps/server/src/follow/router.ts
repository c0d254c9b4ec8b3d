import { authed } from '../rpc.ts';

export const followRouter = {
  follow: authed.follow.follow.handler(({ input, context }) =>
    context.ctx.follow.follow(context.viewer.accountId, input.accountId),
  ),
  unfollow: authed.follow.unfollow.handler(({ input, context }) =>
    context.ctx.follow.unfollow(context.viewer.accountId, input.accountId),
  ),
  ids: authed.follow.ids.handler(({ context }) => context.ctx.follow.ids(context.viewer.accountId)),
  hears: authed.follow.hears.handler(({ context }) => context.ctx.follow.hears(context.viewer.accountId)),
  setHear: authed.follow.setHear.handler(({ input, context }) =>
    context.ctx.follow.setHear(context.viewer.accountId, input),
  ),
  removeFollower: authed.follow.removeFollower.handler(({ input, context }) =>
    context.ctx.follow.removeFollower(context.viewer.accountId, input.accountId),
  ),
  known: authed.follow.known.handler(({ input, context }) =>
    context.ctx.follow.known(context.viewer.accountId, input.accountId),
  ),
  followers: authed.follow.followers.handler(({ input, context }) =>
    context.ctx.follow.followers(context.viewer.accountId, input),
  ),
  following: authed.follow.following.handler(({ input, context }) =>
    context.ctx.follow.following(context.viewer.accountId, input),
  ),
  suggestions: authed.follow.suggestions.handler(({ context }) =>
    context.ctx.follow.suggestions(context.viewer.accountId),
  ),
};
