import type { Industry } from '@salotto/contract';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/**
 * A place on the waiting list, for as long as its account waits. Personal: the sentence, and the hash of the address. It
 * goes when the person is admitted, takes themselves off the list, or the account is deleted.
 */
export const waitlistEntry = pgTable(
  'waitlist_entry',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    since: bigint({ mode: 'number' }).notNull(),
    sentence: text().notNull().default(''),
    /** A keyed hash of the address, only while this person agrees to be found by it. */
    addressHash: text(),
    /** Those who know this person were told, once. */
    told: boolean().notNull().default(false),
  },
  (table) => [
    index('waitlist_order').on(table.since, table.accountId),
    index('waitlist_address').on(table.addressHash),
  ],
);

/** People who are let in together. Nothing in it is personal; kept for good. */
export const cohort = pgTable(
  'cohort',
  {
    id: uuid().primaryKey(),
    size: integer().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    industries: text().array().$type<Industry[]>().notNull(),
    state: text().$type<'planned' | 'done' | 'cancelled'>().notNull(),
    admitted: integer().notNull().default(0),
    createdBy: uuid().notNull(),
  },
  (table) => [index('cohort_due').on(table.state, table.at)],
);

/** A mail that says "you are in" and is still to be sent. Gone once it was; goes with the account. */
export const admissionMail = pgTable('admission_mail', {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  /** Until then one process is sending it. */
  heldUntil: bigint({ mode: 'number' }).notNull().default(0),
});

/** That somebody keeps their address book here, and until when. Goes with the account, by a tap, and by itself. */
export const addressBook = pgTable(
  'address_book',
  {
    ownerId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    entries: integer().notNull(),
    uploadedAt: bigint({ mode: 'number' }).notNull(),
    expiresAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('address_book_end').on(table.expiresAt)],
);

/** Personal data of people who need not be here: a keyed hash, whose key is outside the database. Goes with its book. */
export const addressBookEntry = pgTable(
  'address_book_entry',
  {
    ownerId: uuid()
      .notNull()
      .references(() => addressBook.ownerId, { onDelete: 'cascade' }),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.hash] }), index('address_book_hash').on(table.hash)],
);

/**
 * How many addresses somebody looked for lately, so that nobody finds out by trying who waits: it stays when the book is
 * deleted, and goes by itself after its month, or with the account.
 */
export const addressBookUse = pgTable('address_book_use', {
  ownerId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  since: bigint({ mode: 'number' }).notNull(),
  looked: integer().notNull(),
});
