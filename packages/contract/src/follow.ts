import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, TopicId } from './ids.ts';
import { Industry } from './industry.ts';
import { PersonCard } from './profile.ts';

/**
 * How much to hear of somebody whom one follows, in the hallway and by notifications. `sometimes`: only of rooms that they
 * started, or where they are on stage with somebody else whom one follows.
 */
export const Hear = z.enum(['always', 'sometimes', 'never']);
export type Hear = z.infer<typeof Hear>;
/** By account; whoever is missing is heard of always. */
export const Hears = z.partialRecord(AccountId, Hear);
export type Hears = z.infer<typeof Hears>;

const Page = z.object({
  people: z.array(PersonCard),
  /** Those of them who follow the one who asks. */
  followYou: z.array(AccountId),
  next: z.string().nullable(),
});
const PageInput = z.object({ handle: z.string(), after: z.string().optional() });

/** Somebody worth following, and why. */
export const Suggestion = z.object({
  person: PersonCard,
  reason: z.discriminatedUnion('kind', [
    /** By people whom you follow: one or two of them, of how many. */
    z.object({ kind: z.literal('followed_by'), people: z.array(PersonCard).min(1), count: z.number().int() }),
    /** On the stage of a room where you were. */
    z.object({ kind: z.literal('heard'), title: z.string() }),
    z.object({ kind: z.literal('organisation'), organisation: z.string() }),
    z.object({ kind: z.literal('topics'), topics: z.array(TopicId) }),
    z.object({ kind: z.literal('industry'), industry: Industry }),
    z.object({ kind: z.literal('followed') }),
    z.object({ kind: z.literal('new') }),
  ]),
});
export type Suggestion = z.infer<typeof Suggestion>;

export const follow = {
  follow: authed
    .route({ method: 'PUT', path: '/people/{accountId}/follow', summary: 'Follow somebody' })
    .input(z.object({ accountId: AccountId }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  unfollow: authed
    .route({ method: 'DELETE', path: '/people/{accountId}/follow', summary: 'Stop following somebody' })
    .input(z.object({ accountId: AccountId })),
  /** Ids of everybody you follow: the client words and ranks the hallway with it. */
  ids: authed.route({ method: 'GET', path: '/me/following', summary: 'Whom you follow' }).output(z.array(AccountId)),
  /** Of whom one follows, those of whom one does not always want to hear. */
  hears: authed
    .route({ method: 'GET', path: '/me/following/hear', summary: 'Of whom you want to hear less' })
    .output(Hears),
  /** Nobody but oneself learns it. NOT_FOUND for whom one does not follow. */
  setHear: authed
    .route({ method: 'PUT', path: '/people/{accountId}/hear', summary: 'How much to hear of somebody you follow' })
    .input(z.object({ accountId: AccountId, hear: Hear }))
    .errors(declare('NOT_FOUND')),
  /** They are not told, and may follow again unless they are blocked. */
  removeFollower: authed
    .route({ method: 'DELETE', path: '/me/followers/{accountId}', summary: 'Let somebody follow you no longer' })
    .input(z.object({ accountId: AccountId })),
  /** Of those whom one follows: who follows this person. Counted up to `KNOWN_COUNTED`. */
  known: authed
    .route({ method: 'GET', path: '/people/{accountId}/known', summary: 'Who of those you follow follows somebody' })
    .input(z.object({ accountId: AccountId }))
    .output(z.object({ people: z.array(PersonCard), count: z.number().int() }))
    .errors(declare('NOT_FOUND')),
  followers: authed
    .route({ method: 'GET', path: '/people/{handle}/followers', summary: 'Who follows somebody' })
    .input(PageInput)
    .output(Page)
    .errors(declare('NOT_FOUND')),
  following: authed
    .route({ method: 'GET', path: '/people/{handle}/following', summary: 'Whom somebody follows' })
    .input(PageInput)
    .output(Page)
    .errors(declare('NOT_FOUND')),
  /** People worth following, each with the reason. */
  suggestions: authed
    .route({ method: 'GET', path: '/me/suggestions', summary: 'People you may like to follow' })
    .output(z.array(Suggestion)),
};
