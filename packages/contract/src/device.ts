import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { Millis } from './ids.ts';

/** A device on which one is signed in, as far as its browser told. Where it is, the server never keeps. */
export const Device = z.object({
  id: z.uuid(),
  /** "Firefox", "Safari"; null where it can't be told. */
  browser: z.string().nullable(),
  /** "Android", "Windows"; null where it can't be told. */
  system: z.string().nullable(),
  signedInAt: Millis,
  /** To the hour. */
  lastUsedAt: Millis,
  /** The one that asks. */
  here: z.boolean(),
});
export type Device = z.infer<typeof Device>;

/** The devices on which one is signed in. */
export const device = {
  list: authed
    .route({ method: 'GET', path: '/me/devices', summary: 'Where you are signed in, last used first' })
    .output(z.array(Device)),
  signOut: authed
    .route({ method: 'DELETE', path: '/me/devices/{id}', summary: 'Sign out on one device' })
    .input(z.object({ id: z.uuid() }))
    .errors(declare('NOT_FOUND')),
  signOutOthers: authed.route({
    method: 'POST',
    path: '/me/devices/sign-out-others',
    summary: 'Sign out everywhere but here',
  }),
};
