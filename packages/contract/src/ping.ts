import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, RoomId } from './ids.ts';
import { PersonCard } from './profile.ts';

/** Somebody who can be called into a room. */
export const Callable = z.object({
  person: PersonCard,
  /** One follows them back. */
  mutual: z.boolean(),
  /** Called into this room already, by whomever. */
  called: z.boolean(),
});
export type Callable = z.infer<typeof Callable>;

const InRoom = z.object({ roomId: RoomId });

/** Calling followers into a room that one is in. */
export const ping = {
  people: authed
    .route({ method: 'GET', path: '/rooms/{roomId}/callable', summary: 'Followers who can be called into a room' })
    .input(InRoom.extend({ search: z.string().trim().max(60).default('') }))
    .output(z.array(Callable))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  send: authed
    .route({ method: 'POST', path: '/rooms/{roomId}/ping', summary: 'Call a follower into a room' })
    .input(InRoom.extend({ accountId: AccountId }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
};
