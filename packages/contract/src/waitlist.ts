import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { Millis } from './ids.ts';
import { SENTENCE_MAX } from './limits.ts';
import { PersonCard } from './profile.ts';

/** What somebody who waits says of themselves to those who may let them in. */
export const WaitingSentence = z.string().trim().max(SENTENCE_MAX);

/** One's own place on the waiting list. */
export const WaitingPlace = z.object({
  /** Null until name and handle are chosen; from then on the handle is kept for them. */
  person: PersonCard.nullable(),
  since: Millis,
  /** 1 is next. */
  place: z.number().int().positive(),
  waiting: z.number().int().positive(),
  sentence: z.string(),
});
export type WaitingPlace = z.infer<typeof WaitingPlace>;

export const waitlist = {
  mine: authed
    .route({ method: 'GET', path: '/waitlist/mine', summary: 'Your place on the waiting list' })
    .output(WaitingPlace)
    .errors(declare('NOT_FOUND')),
  describe: authed
    .route({ method: 'PATCH', path: '/waitlist/mine', summary: 'Say who you are to those who may let you in' })
    .input(z.object({ sentence: WaitingSentence }))
    .output(WaitingPlace)
    .errors(declare('NOT_FOUND')),
  /** Everything of it goes: place, handle, profile and account. */
  leave: authed
    .route({ method: 'DELETE', path: '/waitlist/mine', summary: 'Take yourself off the waiting list' })
    .errors(declare('NOT_FOUND')),
};
