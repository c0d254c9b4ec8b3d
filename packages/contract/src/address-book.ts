import { z } from 'zod';
import { authed } from './base.ts';
import { Millis } from './ids.ts';
import { ADDRESS_BOOK_UPLOAD_MAX } from './limits.ts';

/** What is kept of one's address book: keyed hashes, so that nobody can read it back. */
export const AddressBook = z.object({
  entries: z.number().int().nonnegative(),
  uploadedAt: Millis.nullable(),
  /** It is forgotten then by itself. */
  expiresAt: Millis.nullable(),
});
export type AddressBook = z.infer<typeof AddressBook>;

export const addressBook = {
  get: authed
    .route({ method: 'GET', path: '/me/address-book', summary: 'What is kept of your address book' })
    .output(AddressBook),
  /** Takes the place of what was there, or is added to it: what is left out beyond the most is not looked for. */
  upload: authed
    .route({ method: 'PUT', path: '/me/address-book', summary: 'Be told who of your address book waits' })
    .input(
      z.object({
        entries: z.array(z.string().max(254)).min(1).max(ADDRESS_BOOK_UPLOAD_MAX),
        add: z.boolean().default(false),
      }),
    )
    .output(AddressBook.extend({ unread: z.number().int().nonnegative() })),
  remove: authed.route({ method: 'DELETE', path: '/me/address-book', summary: 'Forget your address book' }),
};
