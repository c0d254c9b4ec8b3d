import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis, RoomId } from './ids.ts';
import { KNOCKS_SHOWN } from './limits.ts';
import { PersonCard } from './profile.ts';

/** Somebody who waits to be let in. */
export const Knock = z.object({ person: PersonCard, at: Millis });
export type Knock = z.infer<typeof Knock>;

/** Who waits to be let in, the longest first, for moderators. */
export const Lobby = z.object({ waiting: z.number().int(), knocks: z.array(Knock).max(KNOCKS_SHOWN) });
export type Lobby = z.infer<typeof Lobby>;

/** What somebody who waits is told of the room: nothing that is said or done in it. */
export const LobbyPlace = z.object({
  /** `open`: the way in is free now. */
  state: z.enum(['waiting', 'open']),
  title: z.string(),
  moderators: z.array(PersonCard).max(5),
  /** How many wait, oneself included. */
  waiting: z.number().int(),
});
export type LobbyPlace = z.infer<typeof LobbyPlace>;

const InRoom = z.object({ roomId: RoomId });
const OfOne = InRoom.extend({ accountId: AccountId });
const command = authed.errors(declare('NOT_FOUND', 'CONFLICT'));

/** Where a room has a lobby, whoever comes knocks and is let in or turned away. */
export const lobby = {
  /**
   * Knocks, and says so again: a knock that is not repeated every few seconds is over. `leave` ends it at once. Refused
   * as entering is, and for a while after one was turned away.
   */
  knock: command
    .route({ method: 'POST', path: '/rooms/{roomId}/knock', summary: 'Wait to be let in' })
    .input(InRoom)
    .output(LobbyPlace),
  lobby: command
    .route({ method: 'GET', path: '/rooms/{roomId}/lobby', summary: 'Who waits to be let in' })
    .input(InRoom)
    .output(Lobby),
  letIn: command
    .route({ method: 'POST', path: '/rooms/{roomId}/lobby/{accountId}/let-in', summary: 'Let somebody in who waits' })
    .input(OfOne),
  turnAway: command
    .route({ method: 'POST', path: '/rooms/{roomId}/lobby/{accountId}/turn-away', summary: 'Turn somebody away' })
    .input(OfOne),
  letAllIn: command
    .route({ method: 'POST', path: '/rooms/{roomId}/lobby/let-all-in', summary: 'Let everybody in who waits' })
    .input(InRoom),
};
