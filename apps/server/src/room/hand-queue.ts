import {
  type AccountId,
  CALLS_SHOWN,
  type CallEntry,
  type CallReason,
  orderHands,
  organisationKey,
  type RoomView,
  visitsOf,
} from '@salotto/contract';
import type { Db } from '../db/client.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import * as participationStore from './participation-store.ts';
import type { HandFacts } from './state.ts';
import type * as store from './store.ts';
import * as view from './view.ts';

/** Raised hands in the order in which they are called, each with the numbers that put it there. */
export type HandQueue = { participationId: string; reason: CallReason }[];

/**
 * What is read of a room's hands, always before its row is locked: under the lock a command looks at the few hands that
 * it decides about, however many are up.
 */
export function createHandQueues(options: {
  db: Db;
  cards(ids: readonly string[]): Promise<view.Cards>;
  /** Measured speaking time in a room, by account, in ms. */
  spokenMs(roomId: string): Promise<ReadonlyMap<string, number>>;
}) {
  const { db } = options;

  /** How often each organisation's people came on stage, by `organisationKey`. */
  async function visits(roomId: string): Promise<RoomView['visits']> {
    const speakers = (await handStore.stageVisits(db, roomId)).filter(({ times }) => times > 0);
    const cards = await options.cards(speakers.map(({ accountId }) => accountId));
    const counted = new Map<string, number>();
    for (const { accountId, times } of speakers) {
      const key = organisationKey(cards.get(accountId) ?? { id: accountId, organisation: null });
      counted.set(key, (counted.get(key) ?? 0) + times);
    }
    return Object.fromEntries(counted);
  }

  return {
    visits,

    /** Nobody who was never on stage has spoken: most hands are answered without asking the ledger. */
    async factsOf(roomId: string, accountId: AccountId): Promise<HandFacts> {
      if (!(await handStore.wasOnStage(db, roomId, accountId))) return { spokenMs: 0, onStageBefore: false };
      const spoken = (await options.spokenMs(roomId)).get(accountId) ?? 0;
      return { spokenMs: Math.round(spoken), onStageBefore: true };
    },

    async read(row: store.RoomRow): Promise<HandQueue> {
      const raised = (await handStore.handsIn(db, row.id)).filter((hand) => hand.state === 'raised');
      if (raised.length === 0) return [];
      const [taken, cards] = await Promise.all([
        visits(row.id),
        options.cards(raised.map(({ accountId }) => accountId)),
      ]);
      const hands = raised.map((hand) => ({
        ...hand,
        person: cards.get(hand.accountId) ?? { id: hand.accountId, organisation: null },
      }));
      return orderHands({ policy: row.handOrder, hands, visits: taken }).map((hand, index) => ({
        participationId: hand.participationId,
        reason: {
          order: row.handOrder,
          place: index + 1,
          raised: hands.length,
          spokenMs: hand.spokenMs,
          onStageBefore: hand.onStageBefore,
          visits: visitsOf(taken, organisationKey(hand.person)),
        },
      }));
    },

    /** Who was called and why, from the log, newest first. */
    async calls(roomId: string): Promise<CallEntry[]> {
      const logged = await logStore.callsIn(db, roomId, CALLS_SHOWN);
      const actors = await participationStore.accountsBehind(db, [
        ...new Set(logged.flatMap(({ actor }) => actor ?? [])),
      ]);
      const cards = await options.cards([...new Set([...view.accountsIn(logged), ...actors.values()])]);
      return logged.map((update) => view.callEntry(update, { cards, actors }));
    },
  };
}
