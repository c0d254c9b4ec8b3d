import { z } from 'zod';
import { Locale } from './about.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { Millis } from './ids.ts';
import { Handle, PersonCard } from './profile.ts';

/**
 * What happens with somebody new who was not let in by anybody. `closed`: only invitations and links open it. `waiting`:
 * they register and wait. `gated`: certain addresses come in, nobody else does. `open`: everybody comes in. Those
 * certain addresses need not wait either.
 */
export const Door = z.enum(['closed', 'waiting', 'gated', 'open']);
export type Door = z.infer<typeof Door>;

export const ServerName = z.string().trim().min(1).max(60);

/** What an administrator decides about the server. */
export const ServerSettings = z.object({
  name: ServerName,
  locales: z
    .array(Locale)
    .min(1)
    .max(Locale.options.length)
    .refine((locales) => new Set(locales).size === locales.length),
  door: Door,
});
export type ServerSettings = z.infer<typeof ServerSettings>;

/** `claim` makes the administrator, `entry` an account for somebody new, `sign_in` signs in to one that is there. */
export const LinkPurpose = z.enum(['claim', 'entry', 'sign_in']);
export type LinkPurpose = z.infer<typeof LinkPurpose>;

/** The secret of a one-time link: it stands after the `#` of an address, so that no server and no log sees it. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/);

/** A one-time link that is still open. Its secret is shown once, when it is made. */
export const OpenLink = z.object({
  id: z.uuid(),
  purpose: LinkPurpose,
  /** Whom it signs in. */
  person: PersonCard.nullable(),
  createdAt: Millis,
  expiresAt: Millis,
});
export type OpenLink = z.infer<typeof OpenLink>;

export const NewLink = OpenLink.extend({ token: LinkToken });
export type NewLink = z.infer<typeof NewLink>;

export const administration = {
  get: authed
    .route({ method: 'GET', path: '/administration', summary: 'What an administrator decides' })
    .output(ServerSettings),
  update: authed
    .route({ method: 'PATCH', path: '/administration', summary: 'Change name, languages or door' })
    .input(ServerSettings.partial())
    .output(ServerSettings),
  links: authed
    .route({ method: 'GET', path: '/administration/links', summary: 'One-time links that are still open' })
    .output(z.array(OpenLink)),
  letIn: authed
    .route({ method: 'POST', path: '/administration/let-in', summary: 'Make a link for somebody new' })
    .output(NewLink)
    .errors(declare('CONFLICT')),
  helpIn: authed
    .route({ method: 'POST', path: '/administration/help-in', summary: 'Make a link that signs somebody in' })
    .input(z.object({ handle: Handle }))
    .output(NewLink)
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  revokeLink: authed
    .route({ method: 'DELETE', path: '/administration/links/{id}', summary: 'Make a link worthless' })
    .input(z.object({ id: z.uuid() })),
};
