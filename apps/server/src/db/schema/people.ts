import type { Hear } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/** What somebody says about themselves, all of it personal; it goes with the account. */
export const profile = pgTable(
  'profile',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    handle: text().notNull().unique(),
    /** The handle with look-alike letters folded together: two people can't differ by 0 and o. */
    handleSkeleton: text().notNull().unique(),
    name: text().notNull(),
    headline: text(),
    jobTitle: text(),
    organisation: text(),
    /** One of the contract's list. */
    industry: text(),
    /** Codes of ISO 639, of the contract's list. */
    languages: text().array().notNull().default([]),
    links: text().array().notNull().default([]),
    topics: text().array().notNull().default([]),
    bio: text(),
    /** Name of the blob, without folder: `<uuid>.webp`. */
    picture: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('profile_newest').on(table.createdAt.desc().nullsFirst())],
);

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * By what somebody is found: derived from the profile, written with it (`search/terms.ts`), and gone with the account.
 * A row that is missing is made by a job.
 */
export const personSearch = pgTable(
  'person_search',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** Folded words, one- and two-character grams of Han text, and marks to filter by. */
    terms: tsvector().notNull(),
    /** Name and handle, folded, for what is misspelt. */
    nameKey: text().notNull(),
    /** Has many followers; kept by the database, as `follow_count` is. */
    known: boolean().notNull().default(false),
  },
  (table) => [
    index('person_search_terms').using('gin', table.terms),
    index('person_search_known').using('gin', table.terms).where(sql`known`),
    index('person_search_name').using('gin', table.nameKey.op('gin_trgm_ops')),
  ],
);

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
    /** How much the follower wants to hear of the other; nobody else learns it. */
    hear: text().$type<Hear>().notNull().default('always'),
  },
  (table) => [
    primaryKey({ columns: [table.followerId, table.followedId] }),
    index('follow_hear').on(table.followerId).where(sql`hear <> 'always'`),
    index('follow_followers').on(table.followedId, table.createdAt.desc().nullsFirst(), table.followerId),
  ],
);

/**
 * How many follow somebody, and whom they follow: kept by triggers on `follow` (migration `people`), so that it is right
 * whatever removes a follow. No row: none of either. Numbers of a person; gone with the account.
 */
export const followCount = pgTable(
  'follow_count',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    followers: integer().notNull().default(0),
    following: integer().notNull().default(0),
  },
  (table) => [index('follow_count_most').on(table.followers.desc().nullsFirst())],
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

/**
 * What somebody wrote down about another person, for nobody's eyes but their own. Personal to both; gone with either
 * account, and with the note emptied.
 */
export const personNote = pgTable(
  'person_note',
  {
    writerId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    aboutId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    text: text().notNull(),
    changedAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.writerId, table.aboutId] }), index('person_note_about').on(table.aboutId)],
);
