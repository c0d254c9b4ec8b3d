import { authed } from '../rpc.ts';

const { room } = authed;

export const roomRouter = {
  start: room.start.handler(({ input, context }) => context.ctx.room.start(context.viewer, input)),
  card: room.card.handler(({ input, context }) => context.ctx.room.card(context.viewer, input.roomId)),
  join: room.join.handler(({ input, context }) => context.ctx.room.join(context.viewer, input.roomId, input)),
  elsewhere: room.elsewhere.handler(({ input, context }) => context.ctx.room.elsewhere(context.viewer, input.roomId)),
  summary: room.summary.handler(({ input, context }) => context.ctx.room.summary(context.viewer, input.roomId)),
  searchAudience: room.searchAudience.handler(({ input, context }) =>
    context.ctx.room.searchAudience(context.viewer, input),
  ),
  leave: room.leave.handler(({ input, context }) => context.ctx.room.leave(context.viewer, input.roomId)),
  connect: room.connect.handler(async ({ input, context }) => ({
    ...(await context.ctx.room.connect(context.viewer, input.roomId)),
    relay: context.ctx.config.turn !== null,
  })),
  raiseHand: room.raiseHand.handler(({ input, context }) => context.ctx.room.raiseHand(input.roomId, context.viewer)),
  lowerHand: room.lowerHand.handler(({ input, context }) => context.ctx.room.lowerHand(input.roomId, context.viewer)),
  acceptOffer: room.acceptOffer.handler(({ input, context }) =>
    context.ctx.room.acceptOffer(input.roomId, context.viewer),
  ),
  offerStage: room.offerStage.handler(({ input, context }) =>
    context.ctx.room.offerStage(input.roomId, context.viewer, input.participationId),
  ),
  withdrawOffer: room.withdrawOffer.handler(({ input, context }) =>
    context.ctx.room.withdrawOffer(input.roomId, context.viewer, input.participationId),
  ),
  setMicrophone: room.setMicrophone.handler(({ input, context }) =>
    context.ctx.room.setMicrophone(input.roomId, context.viewer, input.open),
  ),
  reportSound: room.reportSound.handler(({ input: { roomId, ...report }, context }) =>
    context.ctx.room.reportSound(roomId, context.viewer, report),
  ),
  mute: room.mute.handler(({ input, context }) =>
    context.ctx.room.mute(input.roomId, context.viewer, input.participationId),
  ),
  hold: room.hold.handler(({ input, context }) =>
    context.ctx.room.hold(input.roomId, context.viewer, input.participationId),
  ),
  release: room.release.handler(({ input, context }) =>
    context.ctx.room.release(input.roomId, context.viewer, input.participationId),
  ),
  leaveStage: room.leaveStage.handler(({ input, context }) =>
    context.ctx.room.leaveStage(input.roomId, context.viewer),
  ),
  moveToAudience: room.moveToAudience.handler(({ input, context }) =>
    context.ctx.room.moveToAudience(input.roomId, context.viewer, input.participationId),
  ),
  makeModerator: room.makeModerator.handler(({ input, context }) =>
    context.ctx.room.makeModerator(input.roomId, context.viewer, input.participationId),
  ),
  makeSpeaker: room.makeSpeaker.handler(({ input, context }) =>
    context.ctx.room.makeSpeaker(input.roomId, context.viewer, input.participationId),
  ),
  handover: room.handover.handler(({ input, context }) =>
    context.ctx.room.handover(input.roomId, context.viewer, input.participationId),
  ),
  ban: room.ban.handler(({ input, context }) => context.ctx.room.ban(input.roomId, context.viewer, input)),
  bans: room.bans.handler(({ input, context }) => context.ctx.room.bans(input.roomId, context.viewer)),
  liftBan: room.liftBan.handler(({ input, context }) =>
    context.ctx.room.liftBan(input.roomId, context.viewer, input.accountId),
  ),
  remove: room.remove.handler(({ input, context }) =>
    context.ctx.room.remove(input.roomId, context.viewer, input.participationId),
  ),
  setHandPolicy: room.setHandPolicy.handler(({ input, context }) =>
    context.ctx.room.setHandPolicy(input.roomId, context.viewer, input.policy),
  ),
  ledger: room.ledger.handler(({ input, context }) => context.ctx.ledger.read(context.viewer, input.roomId)),
  setHandOrder: room.setHandOrder.handler(({ input, context }) =>
    context.ctx.room.setHandOrder(input.roomId, context.viewer, input.order),
  ),
  setTurnClock: room.setTurnClock.handler(({ input, context }) =>
    context.ctx.room.setTurnClock(input.roomId, context.viewer, input.clock),
  ),
  callNext: room.callNext.handler(({ input, context }) => context.ctx.room.callNext(input.roomId, context.viewer)),
  calls: room.calls.handler(({ input, context }) => context.ctx.room.calls(context.viewer, input.roomId)),
  change: room.change.handler(({ input: { roomId, ...change }, context }) =>
    context.ctx.room.change(roomId, context.viewer, change),
  ),
  knock: room.knock.handler(({ input, context }) => context.ctx.room.knock(context.viewer, input.roomId)),
  lobby: room.lobby.handler(({ input, context }) => context.ctx.room.lobby(input.roomId, context.viewer)),
  letIn: room.letIn.handler(({ input, context }) =>
    context.ctx.room.letIn(input.roomId, context.viewer, input.accountId),
  ),
  turnAway: room.turnAway.handler(({ input, context }) =>
    context.ctx.room.turnAway(input.roomId, context.viewer, input.accountId),
  ),
  letAllIn: room.letAllIn.handler(({ input, context }) => context.ctx.room.letAllIn(input.roomId, context.viewer)),
  end: room.end.handler(({ input, context }) => context.ctx.room.end(input.roomId, context.viewer)),
};
