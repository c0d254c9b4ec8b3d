import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis } from './ids.ts';
import { NOTE_MAX } from './limits.ts';
import { PersonCard } from './profile.ts';

const About = z.object({ accountId: AccountId });
export const NoteText = z.string().trim().max(NOTE_MAX);

export const Note = z.object({
  /** Null where this person can't be seen any more, by a block or otherwise. */
  person: PersonCard.nullable(),
  accountId: AccountId,
  text: z.string(),
  changedAt: Millis,
});
export type Note = z.infer<typeof Note>;

/** What somebody writes down about others. Only they ever see it. */
export const note = {
  get: authed
    .route({ method: 'GET', path: '/people/{accountId}/note', summary: 'Your note about somebody' })
    .input(About)
    .output(z.object({ text: z.string() })),
  /** An empty text removes the note; that is never refused. */
  set: authed
    .route({ method: 'PUT', path: '/people/{accountId}/note', summary: 'Write a note about somebody' })
    .input(About.extend({ text: NoteText }))
    .output(z.object({ text: z.string() }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  /** The last changed first, at most `NOTES_MAX`. */
  list: authed.route({ method: 'GET', path: '/me/notes', summary: 'Your notes about people' }).output(z.array(Note)),
};
