import type { HandPolicy, HandState, Role, Visibility } from './room.ts';

export type AbilitiesInput = {
  role: Role;
  /** A moderator holds this person's microphone muted. */
  held: boolean;
  hand: HandState;
  handPolicy: HandPolicy;
  /** Whether somebody on stage follows this person; matters under the policy `followed`. */
  followedBySpeakers: boolean;
  live: boolean;
};

export type Abilities = {
  raiseHand: boolean;
  lowerHand: boolean;
  acceptOffer: boolean;
  speak: boolean;
  leaveStage: boolean;
  seeHands: boolean;
  /** Offer and withdraw the stage, mute, hold and release, move to the audience, remove, ban and lift, appoint, end, set the policy. */
  moderate: boolean;
};

/**
 * What somebody may do in a room. The one place of these rules: the server's policy decides with it and the client
 * shows buttons with it, so that they can't disagree.
 */
export function abilities(input: AbilitiesInput): Abilities {
  const { role, held, hand, handPolicy, followedBySpeakers, live } = input;
  const onStage = role !== 'listener';
  const handsOpen = handPolicy === 'everyone' || (handPolicy === 'followed' && followedBySpeakers);
  return {
    raiseHand: live && !onStage && hand === 'lowered' && handsOpen,
    lowerHand: live && !onStage && hand !== 'lowered',
    acceptOffer: live && !onStage && hand === 'offered',
    speak: live && onStage && !held,
    leaveStage: live && onStage,
    seeHands: onStage,
    moderate: live && role === 'moderator',
  };
}

/** Whether other moderators may not send this person off the stage or out: the starter, while moderating. */
export const isProtected = (person: { role: Role; accountId: string; starterId: string }): boolean =>
  person.role === 'moderator' && person.accountId === person.starterId;

/** May one search the audience by name? Members may. A link that was passed on opens no directory of who is here. */
export const maySearchAudience = (person: { role: Role; guest: boolean }): boolean =>
  !person.guest || person.role === 'moderator';

/** May this member ask others in? An open room is everybody's to show; who else comes is for those on stage to say. */
export const mayInvite = (member: { visibility: Visibility; role: Role }): boolean =>
  member.visibility === 'open' || member.role !== 'listener';
