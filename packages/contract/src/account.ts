import { z } from 'zod';
import { Locale } from './about.ts';
import { LinkPurpose, LinkToken } from './administration.ts';
import { authed, open } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis, RoomId } from './ids.ts';
import { Handle, PersonCard, PersonName } from './profile.ts';

export const Email = z.email().max(254).trim().toLowerCase();
export const SignInCode = z.string().regex(/^\d{6}$/);

export const AccountRole = z.enum(['person', 'administrator']);
export type AccountRole = z.infer<typeof AccountRole>;

/**
 * `waiting`: on the waiting list. `paused`: kept out by an administrator for now. `removed`: kept out for good.
 * `leaving`: asked to be deleted, and may come back for a while. Whoever is no `member` can do nothing but look after themselves.
 */
export const AccountStatus = z.enum(['member', 'waiting', 'paused', 'removed', 'leaving']);
export type AccountStatus = z.infer<typeof AccountStatus>;

/** The person who is signed in. `person` is null until they are inside: admitted, with name and handle chosen. */
export const Me = z.object({
  id: AccountId,
  /** Null for somebody who came in by a link. */
  email: z.string().nullable(),
  role: AccountRole,
  status: AccountStatus,
  locale: Locale,
  person: PersonCard.nullable(),
  /** The one room that a guest is for; null for everybody with an account. */
  guest: z.object({ roomId: RoomId }).nullable(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const account = {
  requestCode: open
    .route({ method: 'POST', path: '/account/code', summary: 'Send a six-digit code by mail' })
    .input(z.object({ email: Email, locale: Locale }))
    .output(z.object({ expiresAt: Millis, resendAt: Millis }))
    .errors(declare('SIGN_UP_CLOSED', 'UNCLAIMED')),
  signIn: open
    .route({ method: 'POST', path: '/account/sign-in', summary: 'Sign in with the code, in the browser that asked' })
    .input(z.object({ code: SignInCode }))
    .output(Me)
    .errors(declare('CODE_REFUSED', 'FORBIDDEN')),
  /** Looks only: a link that was opened, by a person or by a preview, has changed nothing. */
  readLink: open
    .route({ method: 'POST', path: '/account/link', summary: 'What a one-time link is for' })
    .input(z.object({ token: LinkToken }))
    .output(z.object({ purpose: LinkPurpose, person: PersonCard.nullable() }))
    .errors(declare('LINK_REFUSED')),
  enterByLink: open
    .route({ method: 'POST', path: '/account/link/use', summary: 'Come in by a one-time link' })
    .input(z.object({ token: LinkToken, locale: Locale }))
    .output(Me)
    .errors(declare('LINK_REFUSED')),
  signOut: open.route({ method: 'POST', path: '/account/sign-out', summary: 'Sign out on this device' }),
  me: open.route({ method: 'GET', path: '/account/me', summary: 'Who is signed in' }).output(Me.nullable()),
  checkHandle: authed
    .route({ method: 'GET', path: '/account/handle', summary: 'Whether a handle is free' })
    .input(z.object({ handle: z.string().max(40) }))
    .output(z.object({ verdict: z.enum(['free', 'taken', 'reserved', 'look_alike', 'shape']) })),
  createProfile: authed
    .route({ method: 'POST', path: '/account/profile', summary: 'Choose name and handle' })
    .input(z.object({ name: PersonName, handle: Handle }))
    .output(Me)
    .errors(declare('CONFLICT', 'HANDLE_REFUSED')),
  /** Demo servers only: who can be looked through the eyes of. */
  demoPeople: open
    .route({ method: 'GET', path: '/demo/people', summary: 'People to look around as' })
    .output(z.array(PersonCard))
    .errors(declare('NOT_FOUND')),
  lookAround: open
    .route({ method: 'POST', path: '/demo/look-around', summary: 'Sign in as a demo person' })
    .input(z.object({ accountId: AccountId }))
    .output(Me)
    .errors(declare('NOT_FOUND', 'FORBIDDEN')),
};
