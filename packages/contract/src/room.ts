import { z } from 'zod';
import { Locale } from './about.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, IdempotencyKey, Millis, ParticipationId, RoomId, TopicId } from './ids.ts';
import { Ledger } from './ledger.ts';
import {
  CALLS_SHOWN,
  DESCRIPTION_MAX,
  MAX_BAN_MINUTES,
  MAX_CAPACITY,
  MAX_STAGE,
  MAX_TOPICS,
  SUMMARY_PEOPLE,
} from './limits.ts';
import { PersonCard } from './profile.ts';
import { Topic } from './topic.ts';

export const Role = z.enum(['moderator', 'speaker', 'listener']);
export type Role = z.infer<typeof Role>;
export const HandState = z.enum(['lowered', 'raised', 'offered']);
export type HandState = z.infer<typeof HandState>;
export const RoomStatus = z.enum(['live', 'ended']);
/** Who may raise a hand. */
export const HandPolicy = z.enum(['off', 'everyone', 'followed']);
export type HandPolicy = z.infer<typeof HandPolicy>;
/** In which order raised hands are called. */
export const HandOrder = z.enum(['first_come', 'fewest_minutes', 'first_timers', 'alternate_organisations']);
export type HandOrder = z.infer<typeof HandOrder>;
/**
 * How long one goes on speaking in one go: `seconds` 0 is as long as one likes. `mutes` turns the microphone off at the
 * end; without it there is only a warning. Moderators have no clock.
 */
export const TurnClock = z.object({ seconds: z.literal([0, 60, 120, 180, 300]), mutes: z.boolean() });
export type TurnClock = z.infer<typeof TurnClock>;
/** How a listener hears the room. Only WebRTC for now; decided by one pure policy on the server. */
export const Plane = z.enum(['webrtc', 'broadcast']);
export type Plane = z.infer<typeof Plane>;

export const RoomTitle = z.string().trim().min(1).max(120);
export const RoomDescription = z.string().trim().max(DESCRIPTION_MAX);
/**
 * Who may see a room and enter it: everybody who may see the hallway; people whom somebody on stage follows, and who was
 * pinged; only who was invited. Whoever is inside stays when it changes.
 */
export const Visibility = z.enum(['open', 'social', 'closed']);
export type Visibility = z.infer<typeof Visibility>;
/** Most participants at once; null: no limit of the room’s own. */
export const Capacity = z.number().int().min(1).max(MAX_CAPACITY).nullable();
/** Most people on stage at once. */
export const StageLimit = z.number().int().min(1).max(MAX_STAGE);

/** One person on stage. */
export const Seat = z.object({
  participationId: ParticipationId,
  person: PersonCard,
  role: Role.exclude(['listener']),
  muted: z.boolean(),
  /** A moderator holds it muted: this person can't unmute until a moderator releases it. */
  held: z.boolean(),
  /** The connection is lost; the seat is held for a while. */
  lost: z.boolean(),
  onStageSince: Millis,
  /** Since when this person has spoken in one go, where turns have a clock. */
  turnSince: Millis.nullable(),
});
export type Seat = z.infer<typeof Seat>;

/**
 * What is wrong with somebody's sound. Their own device says `clipping`, `silent` (open, and nothing comes from it) and
 * `broken` (the network loses it); `echo`, that their microphone repeats the room, is found by the mixer alone.
 */
export const SoundTrouble = z.enum(['clipping', 'silent', 'broken', 'echo']);
export type SoundTrouble = z.infer<typeof SoundTrouble>;

/** How somebody's sound leaves their device, as that device itself says. */
export const SoundReport = z.object({
  state: z.enum(['ok', 'clipping', 'silent', 'broken']),
  /** Two channels without processing. */
  music: z.boolean(),
});
export type SoundReport = z.infer<typeof SoundReport>;

/** What is out of the ordinary about the sound of one person on stage. */
export const SeatSound = z.object({
  participationId: ParticipationId,
  state: z.enum(['ok', ...SoundTrouble.options]),
  music: z.boolean(),
});
export type SeatSound = z.infer<typeof SeatSound>;

/** A raised hand or an open offer. Only people on stage see others' hands. */
export const Hand = z.object({
  participationId: ParticipationId,
  person: PersonCard,
  state: HandState.exclude(['lowered']),
  raisedAt: Millis,
  offeredUntil: Millis.nullable(),
  /** Measured speaking time in this room, when the hand was raised. */
  spokenMs: Millis,
  /** Was on stage in this room before the hand was raised. */
  onStageBefore: z.boolean(),
});
export type Hand = z.infer<typeof Hand>;

/** A room as its members see it: what a snapshot carries and updates change. */
export const RoomView = z.object({
  id: RoomId,
  seq: z.number().int().nonnegative(),
  status: RoomStatus,
  title: z.string(),
  description: z.string().describe('empty where there is none'),
  topics: z.array(Topic),
  locale: Locale,
  visibility: Visibility,
  /** Nobody new may enter; whoever has a place comes back to it. */
  locked: z.boolean(),
  capacity: Capacity,
  stageLimit: StageLimit,
  handPolicy: HandPolicy,
  handOrder: HandOrder,
  turnClock: TurnClock,
  /** Who opened the room: other moderators can't send them away while they moderate it. */
  starterId: AccountId,
  startedAt: Millis,
  endedAt: Millis.nullable(),
  /** Nobody is on stage: the room closes then, unless somebody comes back. */
  closesAt: Millis.nullable(),
  stage: z.array(Seat),
  /** Empty for listeners. */
  hands: z.array(Hand),
  /** How often each organisation's people came on stage as speakers, by `organisationKey`. Empty for listeners. */
  visits: z.record(z.string(), z.number().int()),
});
export type RoomView = z.infer<typeof RoomView>;

/** What moderators change while a room is live. */
export const RoomSettings = RoomView.pick({
  title: true,
  description: true,
  topics: true,
  locale: true,
  visibility: true,
  locked: true,
  capacity: true,
  stageLimit: true,
});
export type RoomSettings = z.infer<typeof RoomSettings>;

export const Listener = z.object({ participationId: ParticipationId, person: PersonCard });
export type Listener = z.infer<typeof Listener>;

/** Who listens now. Counted, not logged: a number and a few faces. */
export const Audience = z.object({
  listening: z.number().int().nonnegative(),
  followedBySpeakers: z.object({ count: z.number().int(), people: z.array(Listener) }),
  everyoneElse: z.object({ count: z.number().int(), people: z.array(Listener) }),
});
export type Audience = z.infer<typeof Audience>;

/** What is one's own in a room: place, hand, whether it is still here. */
export const OwnPlace = z.object({
  roomId: RoomId,
  participationId: ParticipationId,
  role: Role,
  hand: HandState,
  /** Since when one waits; null with the hand down. */
  raisedAt: Millis.nullable(),
  offeredUntil: Millis.nullable(),
  /** Why one is no longer in: null while one is. */
  out: z.enum(['left', 'removed', 'moved', 'ended']).nullable(),
  /** When one who was removed may come back; null for good. */
  outUntil: Millis.nullable(),
  plane: Plane,
});
export type OwnPlace = z.infer<typeof OwnPlace>;

/** The place of a called hand among the raised ones, and the numbers that the order looked at. */
export const CallReason = z.object({
  order: HandOrder,
  /** 1 where the order was followed. */
  place: z.number().int().positive(),
  /** Hands that were up, this one included. */
  raised: z.number().int().positive(),
  spokenMs: Millis,
  onStageBefore: z.boolean(),
  /** Times that people of this organisation, or this person without one, came on stage before. */
  visits: z.number().int().nonnegative(),
});
export type CallReason = z.infer<typeof CallReason>;

/** One entry of who was called and why. `by` is null where the room itself acted. */
export const CallEntry = z.intersection(
  z.object({ seq: z.number().int().positive(), at: Millis, by: PersonCard.nullable() }),
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('called'),
      person: PersonCard,
      waitedMs: Millis,
      /** Null for an offer to somebody whose hand was down. */
      reason: CallReason.nullable(),
    }),
    z.object({ kind: z.literal('order'), order: HandOrder }),
  ]),
);
export type CallEntry = z.infer<typeof CallEntry>;
/** Somebody who is kept out of a room. */
export const Ban = z.object({
  person: PersonCard,
  at: Millis,
  /** Null: for good. */
  until: Millis.nullable(),
});
export type Ban = z.infer<typeof Ban>;

/** A room in a list: hallway, profile, share page. */
export const RoomCard = z.object({
  id: RoomId,
  title: z.string(),
  description: z.string(),
  topics: z.array(Topic),
  locale: Locale,
  visibility: Visibility,
  locked: z.boolean(),
  status: RoomStatus,
  speakers: z.array(PersonCard).describe('at most five, moderators first'),
  speakerIds: z.array(PersonCard.shape.id).describe('everybody on stage'),
  speakerCount: z.number().int(),
  listening: z.number().int(),
  startedAt: Millis,
});
export type RoomCard = z.infer<typeof RoomCard>;

const InRoom = z.object({ roomId: RoomId });

/** Where one is at the moment, when one enters a room. */
export const Elsewhere = z.object({
  /** One’s seat on stage of this room is in use on another device. */
  seat: z.boolean(),
  /** Other rooms that one is in, with what one would give up there. */
  rooms: z.array(
    InRoom.extend({ title: z.string(), role: Role, moderators: z.number().int(), onStage: z.number().int() }),
  ),
});
export type Elsewhere = z.infer<typeof Elsewhere>;

/** A room as it was. */
export const RoomSummary = z.object({
  title: z.string(),
  startedAt: Millis,
  endedAt: Millis.nullable(),
  onStage: z.array(PersonCard).max(SUMMARY_PEOPLE).describe('whoever was on stage, in the order in which they came'),
  onStageCount: z.number().int(),
});
export type RoomSummary = z.infer<typeof RoomSummary>;

/** What a moderator asks to be changed; the rest stays. */
export const RoomChange = z.object({
  title: RoomTitle.optional(),
  description: RoomDescription.optional(),
  topics: z.array(TopicId).max(MAX_TOPICS).optional(),
  locale: Locale.optional(),
  visibility: Visibility.optional(),
  locked: z.boolean().optional(),
  capacity: Capacity.optional(),
  stageLimit: StageLimit.optional(),
});
export type RoomChange = z.infer<typeof RoomChange>;

const OfSomebody = InRoom.extend({ participationId: ParticipationId });
const command = authed.errors(declare('NOT_FOUND', 'CONFLICT'));

export const room = {
  start: command
    .route({ method: 'POST', path: '/rooms', summary: 'Start a room' })
    .input(
      z.object({
        title: RoomTitle,
        topics: z.array(TopicId).max(MAX_TOPICS).default([]),
        locale: Locale,
        visibility: Visibility.default('open'),
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
