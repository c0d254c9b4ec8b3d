import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/**
 * The organisation that somebody was found to belong to. The address is personal and shown to nobody else; the row goes
 * with the account, when it is removed, and by a job when its time is over.
 */
export const affiliation = pgTable(
  'affiliation',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => account.id, { onDelete: 'cascade' }),
    domain: text().notNull(),
    source: text().$type<'mail' | 'openid'>().notNull(),
    /** Where to write when it is time to confirm it again; null where a provider vouched. */
    address: text(),
    /** One mailbox stands for one person, however it is written. */
    addressHash: text(),
    verifiedAt: bigint({ mode: 'number' }).notNull(),
    expiresAt: bigint({ mode: 'number' }).notNull(),
    remindedAt: bigint({ mode: 'number' }),
  },
  (table) => [
    uniqueIndex('affiliation_mailbox').on(table.addressHash),
    index('affiliation_expiry').on(table.expiresAt),
    index('affiliation_domain').on(table.domain),
  ],
);

/** The newest code that somebody had sent to a work address; a job removes it soon after its ten minutes. */
export const affiliationRequest = pgTable('affiliation_request', {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  address: text().notNull(),
  codeHash: text().notNull(),
  triesLeft: integer().notNull(),
  expiresAt: bigint({ mode: 'number' }).notNull(),
});
