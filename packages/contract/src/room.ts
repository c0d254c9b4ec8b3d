import { z } from 'zod';
import { Locale } from './about.ts';
import { AccountId, Millis, ParticipationId, RoomId, TopicId } from './ids.ts';
import { AUDIENCE_FOUND_MAX, DESCRIPTION_MAX, MAX_CAPACITY, MAX_STAGE, MAX_TOPICS, SUMMARY_PEOPLE } from './limits.ts';
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
  /** Whoever comes has to knock, and moderators let them in. */
  lobby: z.boolean(),
  /** Guests who come by a speaker link need not knock. */
  speakerLinksPassLobby: z.boolean(),
  /** Speaking time is measured. */
  ledger: z.boolean(),
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
  lobby: true,
  speakerLinksPassLobby: true,
  ledger: true,
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

/** Who of the audience was searched for. */
export const AudienceFound = z.object({
  people: z.array(Listener).max(AUDIENCE_FOUND_MAX),
  /** How many there are, those who are not shown included. */
  count: z.number().int().nonnegative(),
  /** There are even more than counted. */
  more: z.boolean(),
});
export type AudienceFound = z.infer<typeof AudienceFound>;

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
  starterId: AccountId,
  listening: z.number().int(),
  startedAt: Millis,
});
export type RoomCard = z.infer<typeof RoomCard>;

export const InRoom = z.object({ roomId: RoomId });

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
  lobby: z.boolean().optional(),
  speakerLinksPassLobby: z.boolean().optional(),
  ledger: z.boolean().optional(),
  capacity: Capacity.optional(),
  stageLimit: StageLimit.optional(),
});
export type RoomChange = z.infer<typeof RoomChange>;
