import { z } from 'zod';
import { Locale } from './about.ts';
import { Me } from './account.ts';
import { LinkToken } from './administration.ts';
import { authed, open } from './base.ts';
import { declare } from './errors.ts';
import { Millis, RoomId } from './ids.ts';
import { GUEST_NAME_MAX } from './limits.ts';
import { PersonCard } from './profile.ts';
import { RoomCard } from './room.ts';

/** A listener link lets in; a speaker link offers the stage as well. */
export const GuestLinkKind = z.enum(['listener', 'speaker']);
export type GuestLinkKind = z.infer<typeof GuestLinkKind>;

export const GuestLinkExpiry = z.enum(['hour', 'day', 'room']);
export type GuestLinkExpiry = z.infer<typeof GuestLinkExpiry>;

export const GuestName = z.string().trim().min(1).max(GUEST_NAME_MAX);

/** A guest link that still opens. Its secret is shown once, when it is made. */
export const GuestLink = z.object({
  id: z.uuid(),
  kind: GuestLinkKind,
  /** Null: without a limit. */
  usesLeft: z.number().int().nullable(),
  /** Null: until the room ends. */
  expiresAt: Millis.nullable(),
  createdAt: Millis,
});
export type GuestLink = z.infer<typeof GuestLink>;

export const NewGuestLink = GuestLink.extend({ token: LinkToken });
export type NewGuestLink = z.infer<typeof NewGuestLink>;

const OfRoom = z.object({ roomId: RoomId });
const forModerators = authed.errors(declare('NOT_FOUND', 'CONFLICT'));

/** People without an account, in one room, by a link that a moderator made. */
export const guest = {
  /** Looks only: a link that was opened, by a person or by a preview, has changed nothing. */
  readLink: open
    .route({ method: 'POST', path: '/guest/link', summary: 'Where a guest link leads' })
    .input(z.object({ token: LinkToken }))
    .output(
      z.object({
        room: RoomCard,
        kind: GuestLinkKind,
        /** The moderator who made it. */
        from: PersonCard.nullable(),
      }),
    )
    .errors(declare('LINK_REFUSED')),
  enter: open
    .route({ method: 'POST', path: '/guest/enter', summary: 'Become the guest of a room' })
    .input(z.object({ token: LinkToken, name: GuestName, locale: Locale }))
    .output(Me)
    .errors(declare('LINK_REFUSED', 'CONFLICT')),
  /** For members: the same right as a guest's, with one's own account. `room.join` follows. */
  enterAsMember: authed
    .route({ method: 'POST', path: '/guest/member', summary: 'Come by a guest link as a member' })
    .input(z.object({ token: LinkToken }))
    .output(OfRoom)
    .errors(declare('LINK_REFUSED')),
  links: forModerators
    .route({ method: 'GET', path: '/rooms/{roomId}/guest-links', summary: 'Guest links that still open' })
    .input(OfRoom)
    .output(z.array(GuestLink)),
  makeLink: forModerators
    .route({ method: 'POST', path: '/rooms/{roomId}/guest-links', summary: 'Make a guest link' })
    .input(
      OfRoom.extend({
        kind: GuestLinkKind,
        expiry: GuestLinkExpiry,
        uses: z.number().int().min(1).max(1_000).nullable(),
      }),
    )
    .output(NewGuestLink),
  /** Nobody who is in goes, unless they are to be sent away. */
  revokeLink: forModerators
    .route({ method: 'POST', path: '/rooms/{roomId}/guest-links/{id}/revoke', summary: 'Make a guest link worthless' })
    .input(OfRoom.extend({ id: z.uuid(), sendAway: z.boolean().default(false) })),
};
