import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { room } from './room.ts';

/**
 * A room's chat. Its row is what writers wait for, never the room's: what belongs to it refers to it alone, because a
 * reference to the room would wait for the room's lock.
 */
export const roomChat = pgTable('room_chat', {
  roomId: uuid()
    .primaryKey()
    .references(() => room.id, { onDelete: 'cascade' }),
  /** Counts messages, deletions, settings and links: one cursor for all of them. */
  seq: integer().notNull(),
  open: boolean().notNull(),
  slowModeSeconds: integer().notNull(),
  settingsSeq: integer().notNull(),
  pinnedLinkId: uuid(),
  pinnedSeq: integer().notNull(),
});

/** `id` is the chat's `seq` at its writing. A deleted message keeps its place and loses its text. */
export const roomMessage = pgTable(
  'room_message',
  {
    roomId: uuid()
      .notNull()
      .references(() => roomChat.roomId, { onDelete: 'cascade' }),
    id: integer().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    participationId: uuid().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    text: text().notNull(),
    replyTo: integer(),
    key: text().notNull(),
    deleted: text().$type<'author' | 'moderator'>(),
    /** The chat's `seq` at its last change. */
    changedSeq: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roomId, table.id] }),
    uniqueIndex('room_message_key').on(table.roomId, table.accountId, table.key),
    index('room_message_changed').on(table.roomId, table.changedSeq),
    index('room_message_account').on(table.accountId, table.roomId, table.at),
  ],
);

/** Up to where somebody has read in a room. */
export const roomRead = pgTable(
  'room_read',
  {
    roomId: uuid()
      .notNull()
      .references(() => roomChat.roomId, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    messageId: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.accountId] })],
);

/** Every address that was ever pinned to a room. */
export const roomLink = pgTable(
  'room_link',
  {
    id: uuid().primaryKey(),
    roomId: uuid()
      .notNull()
      .references(() => roomChat.roomId, { onDelete: 'cascade' }),
    url: text().notNull(),
    /** The moderators' own title. */
    title: text(),
    pageTitle: text(),
    description: text(),
    /** Name of the blob. */
    picture: text(),
    pinnedAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index().on(table.roomId)],
);
