import type { Notification, NotificationId, ServerMessage } from '@salotto/contract';

/** Cards at once; older ones wait in the list. */
const MOST_CARDS = 3;

export type Waiting = {
  /** Not seen yet, in all. */
  unseen: number;
  /** What came while this tab was open and was not answered, newest first. */
  cards: readonly Notification[];
};

const NOTHING: Waiting = { unseen: 0, cards: [] };
let waiting = NOTHING;
const listeners = new Set<() => void>();

function set(next: Waiting) {
  waiting = next;
  for (const listener of listeners) listener();
}

/** What waits for the signed-in person, as this tab was told. */
export const notifications = {
  get: () => waiting,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  take({ unseen, fresh }: Extract<ServerMessage, { type: 'notifications' }>) {
    // Seen elsewhere: nothing that waits is a card any more.
    if (unseen === 0) return set(NOTHING);
    const others = waiting.cards.filter((card) => card.id !== fresh?.id);
    set({ unseen, cards: fresh ? [fresh, ...others].slice(0, MOST_CARDS) : waiting.cards });
  },
  dismiss(id: NotificationId) {
    set({ ...waiting, cards: waiting.cards.filter((card) => card.id !== id) });
  },
  forget: () => set(NOTHING),
};
