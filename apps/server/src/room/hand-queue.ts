import {
  type AccountId,
  CALLS_SHOWN,
  type CallEntry,
  type CallReason,
  orderHands,
  organisationKey,
  type QueuedHand,
  type RoomView,
  visitsOf,
} from '@salotto/contract';
import type { Db } from '../db/client.ts';
import { createGatheredRead } from '../db/gathered.ts';
import * as handStore from './hand-store.ts';
import * as logStore from './log-store.ts';
import * as participationStore from './participation-store.ts';
import { personKey } from './person-key.ts';
import type { HandFacts, RaisedHand } from './state.ts';
import type * as store from './store.ts';
import * as view from './view.ts';

/** Raised hands in the order in which they are called, each with the numbers that put it there. */
export type HandQueue = { participationId: string; reason: CallReason }[];

const nobody = ({ accountId }: RaisedHand): QueuedHand['person'] => ({ id: accountId, organisation: null });

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
  const wasOnStage = createGatheredRead((keys: string[]) => handStore.onStageBefore(db, keys));

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

  async function peopleOf(hands: readonly RaisedHand[]) {
    const cards = await options.cards(hands.map(({ accountId }) => accountId));
    return (hand: RaisedHand) => cards.get(hand.accountId) ?? nobody(hand);
  }

  /** Raised hands in the order in which they are called. Only an order that looks at organisations asks for them. */
  async function inOrder(row: store.RoomRow): Promise<RaisedHand[]> {
    const { handOrder: policy, id } = row;
    const raised = (await handStore.handsIn(db, id)).filter((hand) => hand.state === 'raised');
    const byOrganisation = policy === 'alternate_organisations' && raised.length > 0;
    const [taken, personOf] = byOrganisation ? await Promise.all([visits(id), peopleOf(raised)]) : [{}, nobody];
    const hands = raised.map((hand) => ({ ...hand, person: personOf(hand) }));
    return orderHands({ policy, hands, visits: taken });
  }

  return {
    visits,

    /** Nobody who was never on stage has spoken: most hands are answered without asking the ledger. */
    async factsOf(roomId: string, accountId: AccountId): Promise<HandFacts> {
      if (!(await wasOnStage(personKey({ roomId, accountId })))) return { spokenMs: 0, onStageBefore: false };
      const spoken = (await options.spokenMs(roomId)).get(accountId) ?? 0;
      return { spokenMs: Math.round(spoken), onStageBefore: true };
    },

    inOrder,

    /** The places that `wanted` asks for, each with its reason. */
    async read(row: store.RoomRow, wanted: (participationId: string, index: number) => boolean): Promise<HandQueue> {
      const ordered = await inOrder(row);
      const places = ordered
        .map((hand, index) => ({ hand, index }))
        .filter(({ hand, index }) => wanted(hand.participationId, index));
      if (places.length === 0) return [];
      const [taken, personOf] = await Promise.all([visits(row.id), peopleOf(places.map(({ hand }) => hand))]);
      return places.map(({ hand, index }) => ({
        participationId: hand.participationId,
        reason: {
          order: row.handOrder,
          place: index + 1,
          raised: ordered.length,
          spokenMs: hand.spokenMs,
          onStageBefore: hand.onStageBefore,
          visits: visitsOf(taken, organisationKey(personOf(hand))),
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
