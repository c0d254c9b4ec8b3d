import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, Millis } from './ids.ts';
import { Industry } from './industry.ts';
import { ADMIT_MAX, COHORT_MAX, SENTENCE_MAX } from './limits.ts';
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
  industry: Industry.nullable(),
  /** Members who have one's address in their address book may see that one waits, and wave one in. */
  findable: z.boolean(),
});
export type WaitingPlace = z.infer<typeof WaitingPlace>;

/** Somebody who waits, as those see them who may let them in. */
export const WaitingPerson = z.object({
  accountId: AccountId,
  person: PersonCard.nullable(),
  sentence: z.string(),
  since: Millis,
});
export type WaitingPerson = z.infer<typeof WaitingPerson>;

/** So many of those who wait, oldest first, at a certain time. */
export const Cohort = z.object({
  id: z.uuid(),
  size: z.number().int(),
  at: Millis,
  /** Only people of these industries. Empty: whoever is next. */
  industries: z.array(Industry),
  state: z.enum(['planned', 'done', 'cancelled']),
  /** How many came in by it. */
  admitted: z.number().int(),
});
export type Cohort = z.infer<typeof Cohort>;

/** How many are how far; each is a part of the one before, but for `waiting` and `admitted`, which follow each other. */
export const Funnel = z.object({
  waiting: z.number().int(),
  named: z.number().int(),
  described: z.number().int(),
  admitted: z.number().int(),
  /** Of those who were admitted, who has been in a room. */
  entered: z.number().int(),
});
export type Funnel = z.infer<typeof Funnel>;

const After = z.object({ since: Millis, accountId: AccountId });

export const waitlist = {
  mine: authed
    .route({ method: 'GET', path: '/waitlist/mine', summary: 'Your place on the waiting list' })
    .output(WaitingPlace)
    .errors(declare('NOT_FOUND')),
  describe: authed
    .route({ method: 'PATCH', path: '/waitlist/mine', summary: 'Say who you are, and who may find you' })
    .input(z.object({ sentence: WaitingSentence.optional(), findable: z.boolean().optional() }))
    .output(WaitingPlace)
    .errors(declare('NOT_FOUND')),
  /** Everything of it goes: place, handle, profile and account. */
  leave: authed
    .route({ method: 'DELETE', path: '/waitlist/mine', summary: 'Take yourself off the waiting list' })
    .errors(declare('NOT_FOUND')),

  /** Those whose address is in one's own address book, and who agreed to be found by it. */
  known: authed
    .route({ method: 'GET', path: '/waitlist/known', summary: 'Whom of those who wait you know' })
    .output(z.array(WaitingPerson)),
  /** Costs none of one's invites. */
  waveIn: authed
    .route({ method: 'POST', path: '/waitlist/known/{accountId}', summary: 'Wave somebody in whom you know' })
    .input(z.object({ accountId: AccountId }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),

  /** For administrators, oldest first. */
  list: authed
    .route({ method: 'POST', path: '/administration/waitlist', summary: 'Who waits' })
    .input(z.object({ after: After.optional() }))
    .output(z.object({ people: z.array(WaitingPerson), next: After.nullable() })),
  admit: authed
    .route({ method: 'POST', path: '/administration/waitlist/admit', summary: 'Let people in by hand' })
    .input(z.object({ accountIds: z.array(AccountId).min(1).max(ADMIT_MAX) }))
    .output(z.object({ admitted: z.number().int() })),
  funnel: authed
    .route({ method: 'GET', path: '/administration/waitlist/funnel', summary: 'How many are how far' })
    .output(Funnel),
  cohorts: authed
    .route({ method: 'GET', path: '/administration/cohorts', summary: 'Cohorts, newest first' })
    .output(z.array(Cohort)),
  planCohort: authed
    .route({ method: 'POST', path: '/administration/cohorts', summary: 'Let a number of people in at a time' })
    .input(
      z.object({
        size: z.number().int().min(1).max(COHORT_MAX),
        at: Millis,
        industries: z.array(Industry).max(Industry.options.length).default([]),
      }),
    )
    .output(Cohort),
  cancelCohort: authed
    .route({ method: 'DELETE', path: '/administration/cohorts/{id}', summary: 'Call a planned cohort off' })
    .input(z.object({ id: z.uuid() }))
    .errors(declare('NOT_FOUND')),
};
