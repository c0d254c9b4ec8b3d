import { z } from 'zod';
import { AccountId, Millis, ParticipationId, RoomId } from './ids.ts';
import { REACTIONS, REACTIONS_PER_SECOND } from './limits.ts';
import { ChatChange, ChatView } from './message.ts';
import { Notification } from './notification.ts';
import {
  Audience,
  Hand,
  HandOrder,
  HandPolicy,
  OwnPlace,
  Role,
  RoomCard,
  RoomSettings,
  RoomView,
  Seat,
  SeatSound,
  TurnClock,
} from './room.ts';

/**
 * `me`: one's own place in rooms, and one's notifications · `hallway`: cards of live rooms · `room:<id>`: a room one is in · `chat:<id>`: what is
 * written, pinned and reacted there, with a `seq` of its own.
 */
export const Subject = z.union([
  z.literal('me'),
  z.literal('hallway'),
  z.templateLiteral(['room:', z.uuid()]),
  z.templateLiteral(['chat:', z.uuid()]),
]);
export type Subject = z.infer<typeof Subject>;

export const EndReason = z.enum(['moderator', 'empty', 'abandoned']);
export type EndReason = z.infer<typeof EndReason>;
export const StageLeftReason = z.enum(['left', 'to_audience', 'moved', 'removed', 'expired', 'left_room']);
export type StageLeftReason = z.infer<typeof StageLeftReason>;

/**
 * What happened in a room, as members see it. `hidden` stands for what this member may not see (a hand, for a listener):
 * it keeps `seq` whole.
 */
export const RoomUpdate = z.intersection(
  z.object({ seq: z.number().int().positive(), at: Millis, actor: ParticipationId.nullable() }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stage.joined'), seat: Seat }),
    z.object({ kind: z.literal('stage.left'), participationId: ParticipationId, reason: StageLeftReason }),
    z.object({ kind: z.literal('role.changed'), participationId: ParticipationId, role: Role.exclude(['listener']) }),
    z.object({ kind: z.literal('microphone.changed'), participationId: ParticipationId, muted: z.boolean() }),
    z.object({ kind: z.literal('seat.held'), participationId: ParticipationId }),
    z.object({ kind: z.literal('seat.released'), participationId: ParticipationId }),
    z.object({ kind: z.literal('seat.lost'), participationId: ParticipationId }),
    z.object({ kind: z.literal('seat.returned'), participationId: ParticipationId }),
    z.object({ kind: z.literal('hand.raised'), hand: Hand }),
    z.object({ kind: z.literal('hand.offered'), hand: Hand }),
    z.object({
      kind: z.literal('hand.lowered'),
      participationId: ParticipationId,
      reason: z.enum(['lowered', 'dismissed', 'expired', 'accepted', 'left']),
    }),
    z.object({ kind: z.literal('hand_policy.changed'), policy: HandPolicy }),
    z.object({ kind: z.literal('hand_order.changed'), order: HandOrder }),
    /** `changed` holds what changed, as it is now. */
    z.object({ kind: z.literal('room.changed'), changed: RoomSettings.partial() }),
    z.object({ kind: z.literal('turn_clock.changed'), clock: TurnClock }),
    z.object({ kind: z.literal('turn.began'), participationId: ParticipationId, since: Millis }),
    /** `time`: the clock ran out, and the room turns the microphone off. */
    z.object({ kind: z.literal('turn.ended'), participationId: ParticipationId, reason: z.enum(['silence', 'time']) }),
    /** The link itself comes with the chat. */
    z.object({ kind: z.literal('link.pinned'), linkId: z.uuid() }),
    z.object({ kind: z.literal('link.unpinned') }),
    z.object({ kind: z.literal('person.removed'), participationId: ParticipationId, accountId: AccountId }),
    z.object({ kind: z.literal('ban.lifted'), accountId: AccountId }),
    z.object({ kind: z.literal('room.ended'), reason: EndReason }),
    z.object({ kind: z.literal('hidden') }),
  ]),
);
export type RoomUpdate = z.infer<typeof RoomUpdate>;

export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;
/** How often each was tapped. */
export const ReactionCounts = z.partialRecord(Reaction, z.number().int().positive());
export type ReactionCounts = z.infer<typeof ReactionCounts>;

export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), subject: Subject, after: z.number().int().nonnegative().optional() }),
  z.object({ type: z.literal('unwatch'), subject: Subject }),
  z.object({ type: z.literal('ping') }),
  /** Taps in a room whose chat this tab watches; what is above the limit is not counted. Nothing answers. */
  z.object({
    type: z.literal('react'),
    roomId: RoomId,
    taps: z.array(Reaction).min(1).max(REACTIONS_PER_SECOND),
  }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    contractVersion: z.number().int(),
    /** As in `about`. */
    build: z.string().nullable(),
    now: Millis,
  }),
  z.object({ type: z.literal('pong'), now: Millis }),
  /** `me` snapshots carry every place one has; they are sent whole whenever one changes. */
  z.object({ type: z.literal('me'), places: z.array(OwnPlace), blocked: z.array(AccountId) }),
  /** On `me`: how many notifications wait to be seen, and the one that is new. */
  z.object({
    type: z.literal('notifications'),
    unseen: z.number().int().nonnegative(),
    fresh: Notification.nullable(),
  }),
  /** One's own place in the queue of raised hands, 1 first: when it changes, at most once a second. */
  z.object({ type: z.literal('me.queue'), roomId: RoomId, place: z.number().int().positive() }),
  z.object({ type: z.literal('hallway'), rooms: z.array(RoomCard) }),
  z.object({ type: z.literal('hallway.changed'), changed: z.array(RoomCard), gone: z.array(RoomId) }),
  z.object({ type: z.literal('room'), room: RoomView, audience: Audience }),
  z.object({ type: z.literal('room.updates'), roomId: RoomId, updates: z.array(RoomUpdate) }),
  z.object({ type: z.literal('room.audience'), roomId: RoomId, audience: Audience }),
  /** Whole whenever it changes. Music is for everybody, a trouble for moderators and whoever has it. Not logged. */
  z.object({ type: z.literal('room.sounds'), roomId: RoomId, sounds: z.array(SeatSound) }),
  /** To moderators: somebody knocked, or no longer waits; `room.lobby` tells who does. */
  z.object({ type: z.literal('room.lobby'), roomId: RoomId, waiting: z.number().int().nonnegative() }),
  z.object({ type: z.literal('room.head'), roomId: RoomId, seq: z.number().int() }),
  z.object({ type: z.literal('chat'), chat: ChatView }),
  z.object({ type: z.literal('chat.changed'), roomId: RoomId, change: ChatChange }),
  /** Everybody's taps since the last burst: at most one a second. */
  z.object({ type: z.literal('chat.reactions'), roomId: RoomId, counts: ReactionCounts }),
  /** The right to watch ended or never was; the client must not retry by itself. */
  z.object({
    type: z.literal('gone'),
    subject: Subject,
    reason: z.enum(['not_in_room', 'removed', 'moved', 'ended', 'signed_out']),
    /** With `removed`: when that ends; null or absent for good. */
    until: Millis.nullable().optional(),
  }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
