import {
  type AccountId,
  KNOCK_HELD_MS,
  KNOCKS_MAX,
  KNOCKS_SHOWN,
  type Lobby,
  type LobbyPlace,
  type RoomId,
  TURNED_AWAY_MS,
} from '@salotto/contract';
import type { Rule } from '../account/window.ts';
import { DomainError } from '../errors.ts';
import * as admissions from './admissions.ts';
import type { Asking } from './asking.ts';
import type { createEntry } from './entry.ts';
import * as knockStore from './knock-store.ts';
import type { Asker, RoomServiceOptions } from './options.ts';
import * as view from './view.ts';

/** A repetition every three seconds, and as much again for whoever comes and goes. */
const KNOCKS: Rule = { name: 'room.knock', limit: 40, windowMs: 60_000, maxKeys: 20_000 };
const MODERATORS_SHOWN = 5;

/**
 * Who waits to be let in, and how they are answered. Whoever waits has no participation: updates, chat and the stage
 * plane are closed to them as to any stranger. Knocking takes no lock; answers are commands of the room.
 */
export function createLobby(
  options: RoomServiceOptions,
  parts: { asking: Asking; entry: ReturnType<typeof createEntry> },
) {
  const { db, clock, windows } = options;
  const { run, asked, requireRow, requireModeratorIn } = parts.asking;
  const seenAfter = () => clock() - KNOCK_HELD_MS;

  const answer = (letIn: boolean) => (roomId: RoomId, asker: Asker, accountId: AccountId) =>
    run(
      roomId,
      asked(asker, {
        knocking: async (tx) => {
          const row = await knockStore.find(tx, roomId, accountId);
          return new Set(row?.state === 'waiting' && row.seenAt > seenAfter() ? [accountId] : []);
        },
        decide: ({ room, actor }) => admissions.answer({ room, actor, accountId, letIn, now: clock() }),
      }),
    );

  return {
    /** Knocks or goes on waiting, and tells whether the way is free. Throws what entering throws. */
    async knock(asker: Asker, roomId: RoomId): Promise<LobbyPlace> {
      const waitMs = await windows.take([{ rule: KNOCKS, key: `${roomId} ${asker.accountId}` }]);
      if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
      const row = await requireRow(roomId);
      const waits = await parts.entry.mustWait(row, asker);
      if (waits) {
        const now = clock();
        const before = await knockStore.find(db, roomId, asker.accountId);
        if (before?.state === 'turned_away' && now - (before.answeredAt ?? 0) < TURNED_AWAY_MS) {
          throw new DomainError('FORBIDDEN', { reason: 'turned_away' });
        }
        const isNew = before?.state !== 'waiting' || before.seenAt <= seenAfter();
        if (isNew && (await knockStore.countWaiting(db, roomId, seenAfter())) >= KNOCKS_MAX) {
          throw new DomainError('CONFLICT', { reason: 'lobby_full' });
        }
        await knockStore.repeat(db, { roomId, accountId: asker.accountId, at: now, seenAfter: seenAfter() });
        if (isNew) options.onLobbyChanged(roomId);
      } else if (await knockStore.end(db, roomId, asker.accountId)) options.onLobbyChanged(roomId);
      const moderators = row.stage.filter((seat) => seat.role === 'moderator').slice(0, MODERATORS_SHOWN);
      const [cards, waiting] = await Promise.all([
        options.cards(moderators.map((seat) => seat.accountId)),
        knockStore.countWaiting(db, roomId, seenAfter()),
      ]);
      return {
        state: waits ? 'waiting' : 'open',
        title: row.title,
        moderators: moderators.map((seat) => view.card(cards, seat.accountId)),
        waiting,
      };
    },

    /** Who waits, for moderators. */
    async lobby(roomId: RoomId, asker: Asker): Promise<Lobby> {
      await requireModeratorIn(roomId, asker.accountId);
      const [rows, waiting] = await Promise.all([
        knockStore.waiting(db, { roomId, seenAfter: seenAfter(), limit: KNOCKS_SHOWN }),
        knockStore.countWaiting(db, roomId, seenAfter()),
      ]);
      const cards = await options.cards(rows.map((row) => row.accountId));
      return { waiting, knocks: rows.map((row) => ({ person: view.card(cards, row.accountId), at: row.at })) };
    },

    letIn: answer(true),
    turnAway: answer(false),
    letAllIn: (roomId: RoomId, asker: Asker) =>
      run(
        roomId,
        asked(asker, {
          knocking: async (tx) => {
            const rows = await knockStore.waiting(tx, { roomId, seenAfter: seenAfter(), limit: KNOCKS_MAX });
            return new Set(rows.map((row) => row.accountId));
          },
          decide: ({ room, actor }) => admissions.letAllIn({ room, actor, now: clock() }),
        }),
      ),

    /** How many wait, and whom of the room that concerns: participations of its moderators. */
    async lobbyNews(roomId: string): Promise<{ waiting: number; moderators: ReadonlySet<string> }> {
      const [row, waiting] = await Promise.all([requireRow(roomId), knockStore.countWaiting(db, roomId, seenAfter())]);
      const moderators = row.stage.filter((seat) => seat.role === 'moderator');
      return { waiting, moderators: new Set(moderators.map((seat) => seat.participationId)) };
    },

    /** Those who went without a word no longer wait. */
    async sweepLobby(roomId: string): Promise<void> {
      if ((await knockStore.forgetUnseen(db, roomId, seenAfter())) > 0) options.onLobbyChanged(roomId);
    },
  };
}
