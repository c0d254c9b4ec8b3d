import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { account } from './account.ts';

/**
 * An invite to the server; its code is kept as a keyed hash. Personal: reason and recipient. They go with the account of
 * whoever made it, when an account that came by it is deleted, and some time after it stopped opening.
 */
export const invite = pgTable(
  'invite',
  {
    id: uuid().primaryKey(),
    inviterId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    codeHash: text().notNull().unique(),
    reason: text().notNull(),
    recipient: text(),
    uses: integer().notNull(),
    usesLeft: integer().notNull(),
    createdAt: bigint({ mode: 'number' }).notNull(),
    expiresAt: bigint({ mode: 'number' }).notNull(),
    revokedAt: bigint({ mode: 'number' }),
  },
  (table) => [index('invite_of').on(table.inviterId, table.createdAt), index('invite_end').on(table.expiresAt)],
);

/**
 * Who brought whom: ids alone, kept for good and without foreign keys, so that a branch holds together when somebody in
 * it is deleted. Nothing in it is personal once its accounts are gone.
 */
export const nomination = pgTable(
  'nomination',
  {
    accountId: uuid().primaryKey(),
    /** Null: the server itself, by a cohort or an administrator’s hand. */
    nominatorId: uuid(),
    inviteId: uuid(),
    way: text().$type<'invite' | 'link' | 'wave' | 'administrator' | 'cohort'>().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    /** The person's own choice: their profile says who brought them. */
    shown: boolean().notNull().default(true),
  },
  (table) => [index('nomination_by').on(table.nominatorId, table.at), index('nomination_invite').on(table.inviteId)],
);

/** Invites that an administrator gave somebody beside the rule, or took. Goes with the account. */
export const inviteAllowance = pgTable('invite_allowance', {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  extra: integer().notNull(),
});

/** What an administrator did about a person and everybody they brought. Ids and times; kept for good. */
export const branchAct = pgTable(
  'branch_act',
  {
    id: uuid().primaryKey(),
    kind: text().$type<'pause' | 'review' | 'remove'>().notNull(),
    rootId: uuid().notNull(),
    actorId: uuid().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    undoneAt: bigint({ mode: 'number' }),
  },
  (table) => [index('branch_act_root').on(table.rootId)],
);

/** Whom it met. */
export const branchActPerson = pgTable(
  'branch_act_person',
  {
    actId: uuid()
      .notNull()
      .references(() => branchAct.id, { onDelete: 'cascade' }),
    accountId: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.actId, table.accountId] }), index().on(table.accountId)],
);
