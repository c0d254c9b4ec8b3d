import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

export const profile = pgTable('profile', {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  handle: text().notNull().unique(),
  /** The handle with look-alike letters folded together: two people can't differ by 0 and o. */
  handleSkeleton: text().notNull().unique(),
  name: text().notNull(),
  headline: text(),
  organisation: text(),
  bio: text(),
  /** Name of the blob, without folder: `<uuid>.webp`. */
  picture: text(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const follow = pgTable(
  'follow',
  {
    followerId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    followedId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.followerId, table.followedId] }), index().on(table.followedId)],
);

export const block = pgTable(
  'block',
  {
    blockerId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    blockedId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.blockerId, table.blockedId] }), index().on(table.blockedId)],
);
