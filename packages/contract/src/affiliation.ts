import { z } from 'zod';
import { Locale } from './about.ts';
import { Email, SignInCode } from './account.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { Millis } from './ids.ts';

/** The organisation to which somebody was found to belong: by a code to an address there, or by a provider's word. */
export const Affiliation = z.object({
  domain: z.string(),
  source: z.enum(['mail', 'openid']),
  /** One's own work address, shown to nobody else. */
  address: z.string().nullable(),
  verifiedAt: Millis,
  expiresAt: Millis,
  /** It ends soon: confirming it again prolongs it. */
  endsSoon: z.boolean(),
});
export type Affiliation = z.infer<typeof Affiliation>;

export const affiliation = {
  get: authed
    .route({ method: 'GET', path: '/me/affiliation', summary: 'Your verified organisation' })
    .output(Affiliation.nullable()),
  requestCode: authed
    .route({ method: 'POST', path: '/me/affiliation/code', summary: 'Send a six-digit code to your work address' })
    .input(z.object({ address: Email, locale: Locale }))
    .output(z.object({ expiresAt: Millis, resendAt: Millis }))
    .errors(declare('ADDRESS_REFUSED')),
  confirm: authed
    .route({ method: 'POST', path: '/me/affiliation', summary: 'Confirm your work address with the code' })
    .input(z.object({ code: SignInCode }))
    .output(Affiliation)
    .errors(declare('CODE_REFUSED')),
  remove: authed.route({ method: 'DELETE', path: '/me/affiliation', summary: 'Remove your verified organisation' }),
};
