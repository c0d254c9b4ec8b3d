import type { AccountId, Audience, RoomCard, RoomId, RoomView } from '@salotto/contract';
import { DomainError } from '../errors.ts';
import type { Asking } from './asking.ts';
import { createAudiences } from './audiences.ts';
import type { createEntry } from './entry.ts';
import type { createHandQueues } from './hand-queue.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import type { LoggedUpdate } from './state.ts';
import * as store from './store.ts';
import * as view from './view.ts';

/** What others read of rooms: views, cards, lists and the log, with names as of now. */
export function createReading(
  options: RoomServiceOptions,
  parts: { asking: Asking; entry: ReturnType<typeof createEntry>; queues: ReturnType<typeof createHandQueues> },
) {
  const { db, presence, sounds } = options;
  const { entry, queues } = parts;
  const { requireRow } = parts.asking;

  const listenersIn = (row: store.RoomRow) =>
    presence
      .present(row.id)
      .filter((person) => !row.stage.some((seat) => seat.participationId === person.participationId));

  async function cardsOf(rows: readonly store.RoomRow[]): Promise<RoomCard[]> {
    const [cards, topics] = await Promise.all([
      options.cards([...new Set(rows.flatMap((row) => row.stage.map((seat) => seat.accountId)))]),
      options.topics(),
    ]);
    return rows.map((row) => view.roomCard({ row, cards, topics, listening: listenersIn(row).length }));
  }

  /** Room and hands as of one moment. */
  async function roomView(roomId: string, level: view.Level): Promise<RoomView> {
    const { row, hands } = await db.transaction(
      async (tx) => {
        const found = await store.findRoom(tx, roomId);
        if (!found) throw new DomainError('NOT_FOUND');
        return { row: found, hands: level === 'stage' ? await handStore.handsIn(tx, roomId) : [] };
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
    const people = [...row.stage, ...hands].map((person) => person.accountId);
    const [cards, topics, visits] = await Promise.all([
      options.cards(people),
      options.topics(),
      level === 'stage' ? queues.visits(roomId) : {},
    ]);
    return view.roomView({ row, hands, level, cards, topics, visits });
  }

  async function readAudience(roomId: string): Promise<Audience> {
    const row = await requireRow(roomId);
    const listeners = listenersIn(row);
    const ids = listeners.map((listener) => listener.accountId as AccountId);
    const followed = await options.followedByAny({
      speakers: row.stage.map((seat) => seat.accountId as AccountId),
      candidates: ids,
    });
    const faces = [
      ...listeners.filter(({ accountId }) => followed.has(accountId)).slice(0, 48),
      ...listeners.filter(({ accountId }) => !followed.has(accountId)).slice(0, 48),
    ];
    const cards = await options.cards(faces.map((listener) => listener.accountId));
    return view.audienceView({ listeners, followed, cards });
  }

  return {
    listenersIn,
    /** Whether speaking time is measured there. */
    measured: async (roomId: string): Promise<boolean> => (await store.findRoom(db, roomId))?.ledger ?? false,
    async card(asker: Asker, roomId: RoomId): Promise<RoomCard> {
      const row = await requireRow(roomId);
      await entry.requireSeen(row, asker.accountId);
      const [card] = await cardsOf([row]);
      if (!card) throw new DomainError('NOT_FOUND');
      return card;
    },

    /** Live rooms with somebody on stage: whether speaking time is measured there, and a microphone open. */
    onStageNow: async (): Promise<{ roomId: string; measured: boolean; open: boolean }[]> =>
      (await store.liveRooms(db)).flatMap(({ id, stage, ledger }) =>
        stage.length > 0 ? [{ roomId: id, measured: ledger, open: stage.some(({ muted }) => !muted) }] : [],
      ),
    liveRoomIds: async (): Promise<string[]> => (await store.liveRooms(db)).map((row) => row.id),
    liveCards: async (): Promise<RoomCard[]> => cardsOf(await store.liveRooms(db)),
    cards: async (ids: readonly string[]): Promise<RoomCard[]> => cardsOf(await store.findRooms(db, [...ids])),
    visibleTo: entry.visibleTo,
    view: roomView,
    sounds: async (roomId: string) => view.soundsView(await requireRow(roomId), sounds.of(roomId)),
    audience: createAudiences({ read: readAudience }),

    /** The log after `after`, both versions, with names as of now. */
    async updatesAfter(roomId: string, range: { after: number; upTo?: number; limit: number }) {
      const logged: LoggedUpdate[] = await logStore.updatesAfter(db, roomId, range);
      const told = logged.some((update) => update.kind === 'room.changed');
      const [cards, topics, row] = await Promise.all([
        options.cards([...new Set(view.accountsIn(logged))]),
        told ? options.topics() : new Map(),
        told ? store.findRoom(db, roomId) : undefined,
      ]);
      const filling = { cards, topics, texts: { title: row?.title ?? '', description: row?.description ?? '' } };
      return logged.map((update) => ({
        logged: update,
        everyone: view.updateView(update, 'everyone', filling),
        stage: view.updateView(update, 'stage', filling),
      }));
    },

    async seqs(roomIds: readonly string[]): Promise<Map<string, number>> {
      const rows = await store.findRooms(db, [...roomIds]);
      return new Map(rows.map((row) => [row.id, row.seq]));
    },

    /** The room where somebody is on stage now, as far as the viewer may see it; the server itself sees all. */
    async onStage(
      accountId: string,
      viewerId: AccountId | 'server',
    ): Promise<{ roomId: RoomId; title: string } | null> {
      const rows = (await store.liveRooms(db)).filter((row) => row.stage.some((seat) => seat.accountId === accountId));
      const seen = viewerId === 'server' ? null : await entry.visibleTo(rows.map(view.placard), [viewerId]);
      const row = rows.find(({ id }) => seen === null || seen.get(id)?.has(viewerId));
      return row ? { roomId: row.id as RoomId, title: row.title } : null;
    },
  };
}

export type Reading = ReturnType<typeof createReading>;
