import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { IdempotencyKey, Millis, ParticipationId, RoomId } from './ids.ts';
import { LINK_TITLE_MAX, MESSAGE_MAX, MESSAGES_PAGE, SLOW_MODE_SECONDS } from './limits.ts';
import { PersonCard } from './profile.ts';
import { webAddress } from './web-address.ts';

/** A number of its room's own: later is higher. */
export const MessageId = z.number().int().positive();
export type MessageId = z.infer<typeof MessageId>;

export const MessageText = z.string().trim().min(1).max(MESSAGE_MAX);

export const SlowModeSeconds = z.literal(SLOW_MODE_SECONDS);
export type SlowModeSeconds = z.infer<typeof SlowModeSeconds>;

/** One message of a room's chat. A deleted one has no text any more. */
export const ChatMessage = z.object({
  id: MessageId,
  at: Millis,
  participationId: ParticipationId,
  person: PersonCard,
  text: z.string(),
  /** What it answers, as far as it is quoted; without text where that was deleted. */
  replyTo: z.object({ id: MessageId, person: PersonCard, text: z.string() }).nullable(),
  deleted: z.enum(['author', 'moderator']).nullable(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const ChatSettings = z.object({
  open: z.boolean(),
  /** Everybody but moderators waits this long between two messages. */
  slowModeSeconds: SlowModeSeconds,
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** An address of the web, as somebody typed it. */
export const LinkAddress = z
  .string()
  .trim()
  .max(2_048)
  .refine((text) => webAddress(text) !== null);

/** The one address that a room's moderators show to everybody. */
export const PinnedLink = z.object({
  id: z.uuid(),
  url: z.string(),
  host: z.string(),
  /** The moderators' own, or the page's. */
  title: z.string().nullable(),
  description: z.string().nullable(),
  /** Path on this origin. */
  picture: z.string().nullable(),
  pinnedAt: Millis,
});
export type PinnedLink = z.infer<typeof PinnedLink>;

/** A room's chat as of one `seq`: what a snapshot carries and changes bring forward. */
export const ChatView = z.object({
  roomId: RoomId,
  seq: z.number().int().nonnegative(),
  settings: ChatSettings,
  pinned: PinnedLink.nullable(),
  /** The newest, oldest first. */
  messages: z.array(ChatMessage),
  /** There are older ones. */
  more: z.boolean(),
});
export type ChatView = z.infer<typeof ChatView>;

/** What changed after `from`, up to and with `to`: messages that are new or were deleted, settings and link where they changed. */
export const ChatChange = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  messages: z.array(ChatMessage),
  settings: ChatSettings.optional(),
  pinned: PinnedLink.nullable().optional(),
});
export type ChatChange = z.infer<typeof ChatChange>;

const InRoom = z.object({ roomId: RoomId });
/** In a REST address or query a number is text. */
const AddressedId = z.coerce.number<number>().int().positive();
const OfMessage = InRoom.extend({ messageId: AddressedId });
const command = authed.errors(declare('NOT_FOUND', 'CONFLICT'));

export const message = {
  /** The same key gives the same message, however often it is sent. */
  post: command
    .route({ method: 'POST', path: '/rooms/{roomId}/messages', summary: 'Write into a room’s chat' })
    .input(InRoom.extend({ text: MessageText, replyTo: MessageId.optional(), key: IdempotencyKey }))
    .output(ChatMessage)
    .errors(declare('MESSAGE_REFUSED')),
  page: command
    .route({ method: 'GET', path: '/rooms/{roomId}/messages', summary: `Older messages, ${MESSAGES_PAGE} at a time` })
    .input(InRoom.extend({ before: AddressedId.optional() }))
    .output(ChatView.pick({ messages: true, more: true })),
  /** One’s own, or any as a moderator. */
  remove: command
    .route({ method: 'DELETE', path: '/rooms/{roomId}/messages/{messageId}', summary: 'Delete a message' })
    .input(OfMessage),
  setSettings: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/chat', summary: 'Open, close or slow down the chat' })
    .input(InRoom.extend({ open: z.boolean().optional(), slowModeSeconds: SlowModeSeconds.optional() })),
  /** Up to where one has read; without a mark, what was there before one came. */
  marker: command
    .route({ method: 'GET', path: '/rooms/{roomId}/chat/marker', summary: 'Up to where you have read' })
    .input(InRoom)
    .output(z.object({ readId: z.number().int().nonnegative() })),
  markRead: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/chat/marker', summary: 'Mark messages as read' })
    .input(OfMessage),
  pinLink: command
    .route({ method: 'PUT', path: '/rooms/{roomId}/link', summary: 'Pin an address in place of the one before' })
    .input(
      InRoom.extend({
        url: LinkAddress,
        title: z.string().trim().max(LINK_TITLE_MAX).optional(),
      }),
    )
    .output(PinnedLink),
  unpinLink: command
    .route({ method: 'DELETE', path: '/rooms/{roomId}/link', summary: 'Take the pinned address down' })
    .input(InRoom),
};
