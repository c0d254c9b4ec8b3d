import { z } from 'zod';
import { Locale } from './about.ts';
import { authed, open } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis } from './ids.ts';
import { Handle, PersonCard, PersonName } from './profile.ts';

export const Email = z.email().max(254).trim().toLowerCase();
export const SignInCode = z.string().regex(/^\d{6}$/);

/** The person who is signed in. `person` is null until name and handle are chosen. */
export const Me = z.object({
  id: AccountId,
  email: z.string(),
  locale: Locale,
  person: PersonCard.nullable(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const account = {
  requestCode: open
    .route({ method: 'POST', path: '/account/code', summary: 'Send a six-digit code by mail' })
    .input(z.object({ email: Email, locale: Locale }))
    .output(z.object({ expiresAt: Millis, resendAt: Millis }))
    .errors(declare('SIGN_UP_CLOSED')),
  signIn: open
    .route({ method: 'POST', path: '/account/sign-in', summary: 'Sign in with the code, in the browser that asked' })
    .input(z.object({ code: SignInCode }))
    .output(Me)
    .errors(declare('CODE_REFUSED')),
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
