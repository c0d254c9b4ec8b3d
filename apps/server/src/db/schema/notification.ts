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
    kind: text().$type<'ping' | 'wave' | 'wave_accepted'>().notNull(),
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
