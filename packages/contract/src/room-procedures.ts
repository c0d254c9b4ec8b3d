import { z } from 'zod';
import { Locale } from './about.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, IdempotencyKey, Millis, ParticipationId, TopicId } from './ids.ts';
import { Ledger } from './ledger.ts';
import { AUDIENCE_SEARCH_MAX, CALLS_SHOWN, MAX_BAN_MINUTES, MAX_TOPICS } from './limits.ts';
import { lobby } from './lobby.ts';
import {
  Audience,
  AudienceFound,
  Ban,
  CallEntry,
  Elsewhere,
  HandOrder,
  HandPolicy,
  InRoom,
  OwnPlace,
  RoomCard,
  RoomChange,
  RoomDescription,
  RoomSummary,
  RoomTitle,
  RoomView,
  SoundReport,
  TurnClock,
  Visibility,
} from './room.ts';

const OfSomebody = InRoom.extend({ participationId: ParticipationId });
const command = authed.errors(declare('NOT_FOUND', 'CONFLICT'));

export const room = {
  ...lobby,
  start: command
    .route({ method: 'POST', path: '/rooms', summary: 'Start a room' })
    .input(
      z.object({
        title: RoomTitle,
        topics: z.array(TopicId).max(MAX_TOPICS).default([]),
        locale: Locale,
        visibility: Visibility.default('open'),
        description: RoomDescription.default(''),
        lobby: z.boolean().default(false),
        /** Speaking time is measured. */
        ledger: z.boolean().default(true),
        key: IdempotencyKey,
      }),
    )
    .output(InRoom),
  card: command
    .route({ method: 'GET', path: '/rooms/{roomId}', summary: 'A room from outside' })
    .input(InRoom)
    .output(RoomCard),
  join: command
    .route({ method: 'POST', path: '/rooms/{roomId}/join', summary: 'Enter a room, or come back to one’s place' })
    .input(
      InRoom.extend({
        /**
         * One is in one room at a time, on one device. `ask`: refused while that would take something away, a place in
         * another room or one’s seat from another device. `leave`: gives it up. Without it nothing is given up.
         */
        elsewhere: z.enum(['ask', 'leave']).optional(),
      }),
    )
    .output(z.object({ own: OwnPlace, room: RoomView, audience: Audience })),
  elsewhere: command
    .route({ method: 'GET', path: '/rooms/{roomId}/elsewhere', summary: 'What entering this room would give up' })
    .input(InRoom)
    .output(Elsewhere),
  /**
   * Who of the audience is so called: every word in the name, the handle, the headline or the organisation, whatever its
   * case and accents. For people in the room; of guests, for those who moderate.
   */
  searchAudience: command
    .route({ method: 'GET', path: '/rooms/{roomId}/audience', summary: 'Search the audience' })
    .input(InRoom.extend({ search: z.string().trim().min(1).max(AUDIENCE_SEARCH_MAX) }))
    .output(AudienceFound),
  leave: command.route({ method: 'POST', path: '/rooms/{roomId}/leave', summary: 'Leave quietly' }).input(InRoom),
  /** A token for one connection to the stage plane. It lives two minutes and never lets anybody publish. */
  connect: command
    .route({ method: 'POST', path: '/rooms/{roomId}/connect', summary: 'A token for the stage plane' })
    .input(InRoom)
    .output(
      z.object({
        token: z.string(),
        expiresAt: Millis,
        /** The stage plane names a relay of the operator's, for networks that let nothing else through. */
        relay: z.boolean(),
      }),
    ),
  raiseHand: command
    .route({ method: 'POST', path: '/rooms/{roomId}/hand/raise', summary: 'Raise one’s hand' })
    .input(InRoom),
  lowerHand: command
    .route({ method: 'POST', path: '/rooms/{roomId}/hand/lower', summary: 'Lower one’s hand, or decline an offer' })
    .input(InRoom),
  acceptOffer: command
    .route({ method: 'POST', path: '/rooms/{roomId}/hand/accept', summary: 'Accept the stage' })
    .input(InRoom),
  offerStage: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/offer',
      summary: 'Offer the stage to a listener',
    })
    .input(OfSomebody),
  withdrawOffer: command
    .route({
      method: 'DELETE',
      path: '/rooms/{roomId}/people/{participationId}/offer',
      summary: 'Take an offer back, or dismiss a hand',
    })
    .input(OfSomebody),
  /** One’s own microphone. Opening it is refused off stage. */
  setMicrophone: command
    .route({ method: 'POST', path: '/rooms/{roomId}/microphone', summary: 'Open or mute one’s microphone' })
    .input(InRoom.extend({ open: z.boolean() })),
  /** What one's own device finds out about its sound. Forgotten unless it is said again within `SOUND_REPORT_KEPT_MS`. */
  reportSound: command
    .route({ method: 'POST', path: '/rooms/{roomId}/sound', summary: 'Say how one’s own sound is' })
    .input(InRoom.extend(SoundReport.shape)),
  /** The person can unmute. */
  mute: command
    .route({ method: 'POST', path: '/rooms/{roomId}/people/{participationId}/mute', summary: 'Mute somebody' })
    .input(OfSomebody),
  /** The person can’t unmute until a moderator releases the microphone. */
  hold: command
    .route({ method: 'POST', path: '/rooms/{roomId}/people/{participationId}/hold', summary: 'Mute somebody and hold' })
    .input(OfSomebody),
  release: command
    .route({
      method: 'DELETE',
      path: '/rooms/{roomId}/people/{participationId}/hold',
      summary: 'Let somebody unmute again',
    })
    .input(OfSomebody),
  leaveStage: command
    .route({ method: 'POST', path: '/rooms/{roomId}/leave-stage', summary: 'Go back to the audience' })
    .input(InRoom),
  moveToAudience: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/to-audience',
      summary: 'Move somebody to the audience',
    })
    .input(OfSomebody),
  makeModerator: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/moderator',
      summary: 'Make a speaker moderator',
    })
    .input(OfSomebody),
  /** A moderator becomes a speaker again. The starter only by themselves, the last moderator not at all. */
  makeSpeaker: command
    .route({
      method: 'DELETE',
      path: '/rooms/{roomId}/people/{participationId}/moderator',
      summary: 'Make a moderator speaker again',
    })
    .input(OfSomebody),
  /** Somebody on stage moderates from now on, and the one who asks is a speaker: one act. */
  handover: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/handover',
      summary: 'Hand the room over to somebody on stage',
    })
    .input(OfSomebody),
  /** No way back into this room, for so many minutes or for good. */
  ban: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/ban',
      summary: 'Ban somebody from the room',
    })
    .input(OfSomebody.extend({ minutes: z.number().int().min(1).max(MAX_BAN_MINUTES).nullable() })),
  /** Removed and banned people, newest first, for moderators. At most 200. */
  bans: command
    .route({ method: 'GET', path: '/rooms/{roomId}/bans', summary: 'Who is kept out of the room' })
    .input(InRoom)
    .output(z.array(Ban)),
  liftBan: command
    .route({ method: 'DELETE', path: '/rooms/{roomId}/bans/{accountId}', summary: 'Let somebody come back' })
    .input(InRoom.extend({ accountId: AccountId })),
  /** No way back into this room. */
  remove: command
    .route({
      method: 'POST',
      path: '/rooms/{roomId}/people/{participationId}/remove',
      summary: 'Remove somebody for good',
    })
    .input(OfSomebody),
  setHandPolicy: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/hand-policy', summary: 'Who may raise a hand' })
    .input(InRoom.extend({ policy: HandPolicy })),
  /** For people in the room. */
  ledger: command
    .route({ method: 'GET', path: '/rooms/{roomId}/ledger', summary: 'Who spoke for how long' })
    .input(InRoom)
    .output(Ledger),
  setHandOrder: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/hand-order', summary: 'In which order hands are called' })
    .input(InRoom.extend({ order: HandOrder })),
  setTurnClock: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/turn-clock', summary: 'How long one speaks in one go' })
    .input(InRoom.extend({ clock: TurnClock })),
  /** Offers the stage to whoever is first in the order of the room. */
  callNext: command
    .route({ method: 'POST', path: '/rooms/{roomId}/hands/next', summary: 'Call the next raised hand' })
    .input(InRoom)
    .output(z.object({ participationId: ParticipationId })),
  /** For everybody in the room, from its log, newest first. */
  calls: command
    .route({ method: 'GET', path: '/rooms/{roomId}/calls', summary: 'Who was called, and why' })
    .input(InRoom)
    .output(z.object({ entries: z.array(CallEntry).max(CALLS_SHOWN) })),
  /** What is given changes, at once and for everybody. */
  change: command
    .route({ method: 'PATCH', path: '/rooms/{roomId}', summary: 'Change a room while it is live' })
    .input(InRoom.extend(RoomChange.shape)),
  /** For whoever took part. */
  summary: command
    .route({ method: 'GET', path: '/rooms/{roomId}/summary', summary: 'Who was on stage, and for how long it went on' })
    .input(InRoom)
    .output(RoomSummary),
  end: command.route({ method: 'POST', path: '/rooms/{roomId}/end', summary: 'End the room' }).input(InRoom),
};
