import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { room } from './room.ts';

/** A link that makes guests of one room; its secret is kept as a hash. */
export const guestLink = pgTable(
  'guest_link',
  {
    id: uuid().primaryKey(),
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    hash: text().notNull().unique(),
    kind: text().$type<'listener' | 'speaker'>().notNull(),
    /** Null: without a limit. */
    usesLeft: integer(),
    /** Null: until the room ends. */
    expiresAt: bigint({ mode: 'number' }),
    createdBy: uuid().references(() => account.id, { onDelete: 'set null' }),
    createdAt: bigint({ mode: 'number' }).notNull(),
    revokedAt: bigint({ mode: 'number' }),
  },
  (table) => [index().on(table.roomId)],
);

/** Somebody without an account, in one room, on one device: what an account of the kind `guest` has for a profile. */
export const guest = pgTable(
  'guest',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    linkId: uuid()
      .notNull()
      .references(() => guestLink.id),
    name: text().notNull(),
    nameSkeleton: text().notNull(),
    /** The stage is offered whenever this guest comes or asks. */
    standingOffer: boolean().notNull(),
    /** The device's mark, hashed; forgotten when the room ends. */
    deviceHash: text(),
    /** Where they came from, as a keyed hash; forgotten when the room ends. */
    networkHash: text(),
    createdAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    uniqueIndex('guest_name').on(table.roomId, table.nameSkeleton),
    uniqueIndex('guest_device').on(table.roomId, table.deviceHash),
    index().on(table.linkId),
  ],
);
