import { z } from 'zod';
import { Locale } from './about.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis, NotificationId, RoomId } from './ids.ts';
import { PersonCard } from './profile.ts';

/** A mutual who is here now. */
export const HereNow = z.object({
  person: PersonCard,
  /** One's own wave waits for them until then. */
  wavedUntil: Millis.nullable(),
});
export type HereNow = z.infer<typeof HereNow>;

/** The language of the room, if one follows at once. */
const RoomLocale = Locale.default('en');
const Answer = z.object({ id: NotificationId });

/** Asking a mutual who is here to start a room. */
export const wave = {
  here: authed
    .route({ method: 'GET', path: '/me/here', summary: 'Mutuals who are here now' })
    .output(z.object({ people: z.array(HereNow) })),
  shown: authed
    .route({ method: 'GET', path: '/me/here/shown', summary: 'Whether your mutuals see that you are here' })
    .output(z.object({ shown: z.boolean() })),
  setShown: authed
    .route({ method: 'PUT', path: '/me/here/shown', summary: 'Show your mutuals that you are here, or do not' })
    .input(z.object({ shown: z.boolean() })),
  /** A room at once where the other one's own wave waits. */
  send: authed
    .route({ method: 'POST', path: '/people/{accountId}/wave', summary: 'Ask a mutual to start a room' })
    .input(z.object({ accountId: AccountId, locale: RoomLocale }))
    .output(z.object({ until: Millis, roomId: RoomId.nullable() }))
    .errors(declare('CONFLICT')),
  accept: authed
    .route({ method: 'POST', path: '/me/waves/{id}/accept', summary: 'Start the room that a wave asks for' })
    .input(Answer.extend({ locale: RoomLocale }))
    .output(z.object({ roomId: RoomId }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  /** Nobody is told. */
  decline: authed
    .route({ method: 'POST', path: '/me/waves/{id}/decline', summary: 'Let a wave pass' })
    .input(Answer)
    .errors(declare('NOT_FOUND')),
};
