import { PRESENT_MS, type Presence } from '../room/presence.ts';

/** Signs of people who have the app open, kept beside those of people in rooms. */
const HOUSE = 'house';

/** Who has the app open: an updates socket that answered within the last 30 s, on any process. */
export function createHere(options: { presence: Presence; clock: () => number }) {
  const { presence, clock } = options;
  return {
    seen: (accountId: string): void => presence.seen({ roomId: HOUSE, participationId: accountId, accountId }),
    has(accountId: string): boolean {
      const at = presence.lastSeen(HOUSE, accountId);
      return at !== null && clock() - at <= PRESENT_MS;
    },
  };
}

export type Here = ReturnType<typeof createHere>;
