import { randomUUID } from 'node:crypto';
import type { Locale, RoomId, Visibility } from '@salotto/contract';
import { DomainError } from '../errors.ts';
import type { createEntry } from './entry.ts';
import * as logStore from './log-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as participationStore from './participation-store.ts';
import { advance, newRoom } from './state.ts';
import * as store from './store.ts';

/** Rooms of one starter that may be live at once. */
const MAX_LIVE_STARTED = 20;

/** Opening a room. */
export function createStarting(options: RoomServiceOptions, entry: ReturnType<typeof createEntry>) {
  const { db, clock, presence } = options;

  /** Makes a room with its starter on stage, muted, and with somebody beside them. */
  async function open(input: {
    starter: Asker;
    speaker?: Asker;
    title: string;
    topics: string[];
    locale: Locale;
    visibility: Visibility;
    description?: string;
    lobby?: boolean;
    ledger?: boolean;
    key: string;
  }): Promise<{ roomId: RoomId; isNew: boolean }> {
    const { starter, speaker, title, topics, locale, visibility, key } = input;
    const { description = '', lobby = false, ledger = true } = input;
    const roomId = randomUUID() as RoomId;
    const at = clock();
    const people = [starter, ...(speaker ? [speaker] : [])].map(({ accountId, signInId }, n) => ({
      ...{ participationId: randomUUID(), accountId, signInId },
      role: n === 0 ? ('moderator' as const) : ('speaker' as const),
    }));
    const settings = { topics, locale, visibility, lobby, ledger };
    const empty = newRoom({ handPolicy: 'everyone', starterId: starter.accountId, startedAt: at, settings });
    const changes = people.map(({ participationId, accountId, role }) => ({
      ...{ kind: 'stage.joined' as const, participationId, accountId, role },
    }));
    const step = advance(empty, changes, { at, actor: people[0]?.participationId ?? null });
    const made = await db.transaction(async (tx) => {
      const inserted = await store.insertRoom(tx, {
        ...{ id: roomId, title, description, starterId: starter.accountId, startKey: key, startedAt: at },
        ...step.room,
        ...step.room.settings,
        topics,
        stage: [...step.room.stage],
        returning: [...step.room.returning],
      });
      if (!inserted) return false;
      for (const { participationId, accountId, signInId } of people) {
        const since = { joinedAt: at, roleChangedAt: at };
        await participationStore.insertParticipation(tx, {
          id: participationId,
          roomId,
          accountId,
          signInId,
          ...since,
        });
      }
      await logStore.saveUpdates(tx, roomId, step.updates);
      return true;
    });
    if (!made) {
      const earlier = await store.findByStartKey(db, starter.accountId, key);
      if (!earlier) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 1 });
      return { roomId: earlier.id as RoomId, isNew: false };
    }
    for (const { participationId, accountId } of people) presence.seen({ roomId, participationId, accountId });
    options.onCommitted({
      ...{ roomId, before: empty, after: step.room, updates: step.updates },
      accounts: new Set(people.map(({ accountId }) => accountId)),
    });
    return { roomId, isNew: true };
  }

  return {
    /** The same key gives the same room, however often it is asked for. */
    async start(
      asker: Asker,
      input: {
        title: string;
        topics: readonly string[];
        locale: Locale;
        visibility: Visibility;
        description?: string;
        lobby?: boolean;
        ledger?: boolean;
        key: string;
      },
    ): Promise<{ roomId: RoomId }> {
      const known = await options.topics();
      if ((await store.liveRoomsStartedBy(db, asker.accountId)) >= MAX_LIVE_STARTED) {
        throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 });
      }
      const topics = input.topics.filter((id) => known.has(id));
      const { roomId } = await open({ ...input, topics, starter: asker });
      return { roomId };
    },

    /** A closed room for two, both on stage: what an accepted wave opens. The same key gives the same room. */
    async startPair(input: {
      starter: Asker;
      speaker: Asker;
      title: string;
      locale: Locale;
      key: string;
    }): Promise<{ roomId: RoomId }> {
      const { roomId, isNew } = await open({ ...input, topics: [], visibility: 'closed' });
      // So that whoever leaves the stage and the room may come back.
      if (isNew) await entry.invite(roomId, input.starter, [input.speaker.accountId]);
      return { roomId };
    },
  };
}
