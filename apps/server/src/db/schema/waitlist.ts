import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/**
 * A place on the waiting list, for as long as its account waits. Personal: the sentence. It goes when the person is
 * admitted, takes themselves off the list, or the account is deleted.
 */
export const waitlistEntry = pgTable(
  'waitlist_entry',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    since: bigint({ mode: 'number' }).notNull(),
    sentence: text().notNull().default(''),
  },
  (table) => [index('waitlist_order').on(table.since, table.accountId)],
);
