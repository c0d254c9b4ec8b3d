import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/** What an administrator decided: one row, from the claim on. */
export const serverSettings = pgTable('server_settings', {
  /** Always true: there is one row. */
  only: boolean().primaryKey().default(true),
  /** Null: the one of the configuration. */
  name: text(),
  /** Null: every language there is. */
  locales: text().array(),
  door: text().notNull(),
  /** E-mail domains that come in where not everybody does. */
  doorDomains: text().array().notNull().default(sql`'{}'`),
  claimedAt: timestamp({ withTimezone: true }).notNull(),
});

/** A one-time link, whose secret is kept as a hash. */
export const entryLink = pgTable(
  'entry_link',
  {
    id: uuid().primaryKey(),
    hash: text().notNull().unique(),
    purpose: text().notNull(),
    /** Whom it signs in. */
    accountId: uuid().references(() => account.id, { onDelete: 'cascade' }),
    /** Null: made on the machine itself. */
    createdBy: uuid().references(() => account.id, { onDelete: 'cascade' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index().on(table.accountId)],
);

/**
 * An address or a phone number that comes in where not everybody does: a keyed hash, whose key is outside the database.
 * Personal all the same; an administrator's `door.clearList` deletes it.
 */
export const doorListed = pgTable('door_listed', {
  hash: text().primaryKey(),
  addedAt: timestamp({ withTimezone: true }).notNull(),
});
