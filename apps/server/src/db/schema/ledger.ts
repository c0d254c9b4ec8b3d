import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { participation, room } from './room.ts';

/** When somebody was heard speaking, as the mixer measured it. Written without the room's lock. */
export const speakingInterval = pgTable(
  'speaking_interval',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    participationId: uuid()
      .notNull()
      .references(() => participation.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** Self-declared, as it was when the words were spoken. */
    organisation: text(),
    from: bigint({ mode: 'number' }).notNull(),
    to: bigint({ mode: 'number' }).notNull(),
  },
  // A report that comes twice, or a longer one about the same words, is the same row.
  (table) => [
    primaryKey({ columns: [table.participationId, table.from] }),
    index('speaking_interval_room').on(table.roomId, table.to),
  ],
);

/** Which mixer listens to a room. A newer generation makes the reports of older ones void. */
export const mixerLease = pgTable('mixer_lease', {
  roomId: uuid()
    .primaryKey()
    .references(() => room.id, { onDelete: 'cascade' }),
  mixerId: uuid().notNull(),
  generation: integer().notNull(),
  claimedAt: bigint({ mode: 'number' }).notNull(),
  expiresAt: bigint({ mode: 'number' }).notNull(),
});
