import type { HandOrder, TurnClock } from '@salotto/contract';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Returning, StageSeat } from '../../room/state.ts';
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
    description: text().notNull().default(''),
    topics: text().array().notNull().default([]),
    locale: text().notNull(),
    visibility: text().$type<'open' | 'social' | 'closed'>().notNull().default('open'),
    locked: boolean().notNull().default(false),
    lobby: boolean().notNull().default(false),
    speakerLinksPassLobby: boolean().notNull().default(true),
    /** Speaking time is measured. */
    ledger: boolean().notNull().default(true),
    capacity: integer(),
    stageLimit: integer().notNull().default(50),
    handPolicy: text().$type<'off' | 'everyone' | 'followed'>().notNull(),
    handOrder: text().$type<HandOrder>().notNull().default('first_come'),
    turnClock: jsonb().$type<TurnClock>().notNull().default({ seconds: 0, mutes: false }),
    /** Without a foreign key: it stays, as an id alone, when whoever started the room is deleted. */
    starterId: uuid().notNull(),
    startKey: text().notNull(),
    seq: integer().notNull(),
    stage: jsonb().$type<StageSeat[]>().notNull(),
    /** Moderators who vanished, waited for. */
    returning: jsonb().$type<Returning[]>().notNull().default([]),
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
  (table) => [
    primaryKey({ columns: [table.roomId, table.seq] }),
    index('room_update_calls').on(table.roomId, table.seq).where(sql`kind in ('hand.offered', 'hand_order.changed')`),
  ],
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
    index('participation_history').on(table.accountId, table.joinedAt.desc().nullsFirst()),
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
    spokenMs: bigint({ mode: 'number' }).notNull().default(0),
    onStageBefore: boolean().notNull().default(false),
  },
  (table) => [index().on(table.roomId), index('hand_offer').on(table.offeredUntil).where(sql`state = 'offered'`)],
);

/** Who was on stage in a room, and how often they came there as a speaker. */
export const stageVisit = pgTable(
  'stage_visit',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    times: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.accountId] })],
);

/** Removed or banned from one room. */
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
    /** When a ban ends; null for good. */
    until: bigint({ mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.roomId, table.accountId] }),
    index('room_removal_ends').on(table.roomId, table.until).where(sql`until is not null`),
  ],
);

/** Whom somebody inside asked in: they may see the room and enter it whatever its visibility. */
export const roomInvitee = pgTable(
  'room_invitee',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** The account that asked. */
    by: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    at: bigint({ mode: 'number' }).notNull(),
    /** Asked by somebody on stage: then they need not knock. */
    expected: boolean().notNull().default(false),
    /** The guest link by which this member came to be asked in. */
    linkId: uuid(),
    /** It was a speaker link: the stage is offered when they come in, until a moderator takes that back. */
    standingOffer: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.accountId] }), index().on(table.accountId)],
);

/** Who knocked at a room that has a lobby, and what was answered. */
export const knock = pgTable(
  'knock',
  {
    roomId: uuid()
      .notNull()
      .references(() => room.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    state: text().$type<'waiting' | 'let_in' | 'turned_away'>().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    /** The last sign of somebody who waits. */
    seenAt: bigint({ mode: 'number' }).notNull(),
    answeredAt: bigint({ mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.roomId, table.accountId] }),
    index('knock_waiting').on(table.roomId, table.at).where(sql`state = 'waiting'`),
  ],
);
