import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { StageSeat } from '../../room/state.ts';
import { account } from './account.ts';

export const topic = pgTable('topic', {
  id: text().primaryKey(),
  names: jsonb().$type<{ en: string; it?: string; zh?: string }>().notNull(),
});

/** Settings, stage and seq; hands, removals and participations are rows of their own. */
export const room = pgTable(
  'room',
  {
    id: uuid().primaryKey(),
    status: text().$type<'live' | 'ended'>().notNull(),
    title: text().notNull(),
    topics: text().array().notNull().default([]),
    locale: text().notNull(),
    handPolicy: text().$type<'off' | 'everyone' | 'followed'>().notNull(),
    starterId: uuid()
      .notNull()
      .references(() => account.id),
    startKey: text().notNull(),
    seq: integer().notNull(),
    stage: jsonb().$type<StageSeat[]>().notNull(),
    stageEmptySince: bigint({ mode: 'number' }),
    startedAt: bigint({ mode: 'number' }).notNull(),
    endedAt: bigint({ mode: 'number' }),
  },
  (table) => [
    uniqueIndex('room_start_key').on(table.starterId, table.startKey),
    index('room_live').on(table.startedAt).where(sql`status = 'live'`),
  ],
);

/** The log of a room: ids and states, never names or text. */
export const roomUpdate = pgTable(
  'room_update',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    actor: uuid(),
    kind: text().notNull(),
    payload: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.seq] })],
);

export const participation = pgTable(
  'participation',
  {
    id: uuid().primaryKey(),
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** The device that holds it now. */
    signInId: uuid(),
    joinedAt: bigint({ mode: 'number' }).notNull(),
    leftAt: bigint({ mode: 'number' }),
    out: text().$type<'left' | 'removed' | 'moved' | 'ended'>(),
    /** A stage-plane token older than this is refused at the gate. */
    roleChangedAt: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    uniqueIndex('participation_active').on(table.roomId, table.accountId).where(sql`left_at is null`),
    index('participation_account').on(table.accountId).where(sql`left_at is null`),
  ],
);

export const hand = pgTable(
  'hand',
  {
    participationId: uuid()
      .primaryKey()
      .references(() => participation.id, { onDelete: 'cascade' }),
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid().notNull(),
    state: text().$type<'raised' | 'offered'>().notNull(),
    raisedAt: bigint({ mode: 'number' }).notNull(),
    offeredUntil: bigint({ mode: 'number' }),
  },
  (table) => [index().on(table.roomId), index('hand_offer').on(table.offeredUntil).where(sql`state = 'offered'`)],
);

/** Removed from one room, for good. */
export const roomRemoval = pgTable(
  'room_removal',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    by: uuid(),
    at: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.accountId] })],
);
