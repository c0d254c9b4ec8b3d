import { z } from 'zod';

/** Branded identifiers: a string of one kind can't be passed where another is meant. */
export const AccountId = z.uuid().brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

export const RoomId = z.uuid().brand<'RoomId'>();
export type RoomId = z.infer<typeof RoomId>;

/** One person (or guest), in one room, on one device. It is also the identity on the stage plane. */
export const ParticipationId = z.uuid().brand<'ParticipationId'>();
export type ParticipationId = z.infer<typeof ParticipationId>;

export const NotificationId = z.uuid().brand<'NotificationId'>();
export type NotificationId = z.infer<typeof NotificationId>;

export const TopicId = z.string().min(1).max(40).brand<'TopicId'>();
export type TopicId = z.infer<typeof TopicId>;

/** Milliseconds since 1970, as everywhere on the wire. */
export const Millis = z.number().int().nonnegative();

/** Made by the client where a retry could repeat an effect; the same key gives the same answer. */
export const IdempotencyKey = z.string().min(8).max(64);
