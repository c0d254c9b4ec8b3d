import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { room } from './room.ts';

/** What somebody did and `accountId` should know. Ids and states; names are filled in when it is read. */
export const notification = pgTable(
  'notification',
  {
    id: uuid().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    kind: text().$type<'ping' | 'wave' | 'wave_accepted' | 'waiting'>().notNull(),
    actorId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    roomId: uuid().references(() => room.id, { onDelete: 'cascade' }),
    at: bigint({ mode: 'number' }).notNull(),
    seenAt: bigint({ mode: 'number' }),
    /** It can be answered until then. */
    until: bigint({ mode: 'number' }),
  },
  (table) => [
    index('notification_newest').on(table.accountId, table.at),
    index('notification_age').on(table.at),
    uniqueIndex('notification_ping').on(table.accountId, table.roomId).where(sql`kind = 'ping'`),
  ],
);

/** Asking somebody to start a room. Its id is that of the notification that it made. */
export const wave = pgTable(
  'wave',
  {
    id: uuid().primaryKey(),
    fromId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    toId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** The device that waved: it holds the seat in the room that follows. */
    signInId: uuid().notNull(),
    until: bigint({ mode: 'number' }).notNull(),
    answer: text().$type<'accepted' | 'declined'>(),
  },
  (table) => [
    index('wave_from').on(table.fromId, table.until),
    index('wave_to').on(table.toId, table.until),
    index('wave_age').on(table.until),
  ],
);

/** Who does not want mutuals to see that they are here. */
export const hereHidden = pgTable('here_hidden', {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
});
