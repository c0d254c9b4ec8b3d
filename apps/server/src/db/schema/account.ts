import type { AccountStatus } from '@salotto/contract';
import { bigint, boolean, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Somebody who can sign in. The auth library's "user". */
export const account = pgTable('account', {
  id: uuid().primaryKey(),
  name: text().notNull().default(''),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  locale: text().notNull().default('en'),
  demo: boolean().notNull().default(false),
  role: text().notNull().default('person'),
  kind: text().$type<'member' | 'guest'>().notNull().default('member'),
  status: text().$type<AccountStatus>().notNull().default('member'),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** One device on which somebody is signed in. The auth library's "session"; the token is stored hashed. */
export const signIn = pgTable(
  'sign_in',
  {
    id: uuid().primaryKey(),
    token: text().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
);

/** A way of signing in that belongs to an account. The auth library's "account". */
export const credential = pgTable(
  'credential',
  {
    id: uuid().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: timestamp({ withTimezone: true }),
    refreshTokenExpiresAt: timestamp({ withTimezone: true }),
    scope: text(),
    password: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
);

/** Codes that were sent, hashed, by the auth library. */
export const verification = pgTable(
  'verification',
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.identifier)],
);

/** Which browser asked for the newest code of an address: a code works only there. */
export const codeRequest = pgTable('code_request', {
  emailHash: text().primaryKey(),
  email: text().notNull(),
  browserHash: text().notNull().unique(),
  /** The language of a new account. */
  locale: text().notNull(),
  triesLeft: integer().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
});

/**
 * Somebody who asked to be deleted and may still come back. Nothing in it is personal beyond whom it is about; it goes
 * when they come back, and with the account.
 */
export const leaving = pgTable(
  'leaving',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** What they are again if they come back. */
    statusBefore: text().$type<AccountStatus>().notNull(),
    /** From then on everything of theirs is removed. */
    until: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('leaving_due').on(table.until)],
);
