import { z } from 'zod';
import { Door } from './administration.ts';
import { authed } from './base.ts';
import { DOOR_DOMAINS_MAX, DOOR_UPLOAD_MAX } from './limits.ts';

/** The part of an address after the `@`: subdomains are domains of their own. */
export const EmailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/);

/** How the server meets somebody new. */
export const DoorSettings = z.object({
  door: Door,
  /** Whose addresses come in through a gate, and past a waiting list. */
  domains: z.array(z.string()),
  /** So many single addresses and numbers do too; which ones, nobody can read. */
  listed: z.number().int().nonnegative(),
});
export type DoorSettings = z.infer<typeof DoorSettings>;

/** An e-mail address or a phone number with its country (`+39…`), as it was written. */
const Entry = z.string().max(254);

export const door = {
  get: authed
    .route({ method: 'GET', path: '/door', summary: 'How the server meets somebody new' })
    .output(DoorSettings),
  update: authed
    .route({ method: 'PATCH', path: '/door', summary: 'Change the door, or the domains that come in' })
    .input(z.object({ door: Door.optional(), domains: z.array(EmailDomain).max(DOOR_DOMAINS_MAX).optional() }))
    .output(DoorSettings),
  /** What can't be read as an address or a number is counted, and left out. */
  addToList: authed
    .route({ method: 'POST', path: '/door/list', summary: 'Put addresses and phone numbers on the list' })
    .input(z.object({ entries: z.array(Entry).min(1).max(DOOR_UPLOAD_MAX) }))
    .output(DoorSettings.extend({ unread: z.number().int().nonnegative() })),
  clearList: authed
    .route({ method: 'DELETE', path: '/door/list', summary: 'Forget every address and number on the list' })
    .output(DoorSettings),
  isListed: authed
    .route({ method: 'POST', path: '/door/list/look', summary: 'Whether one address or number is on the list' })
    .input(z.object({ entry: Entry }))
    .output(z.object({ listed: z.boolean() })),
};
