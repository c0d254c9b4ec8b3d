import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId, TopicId } from './ids.ts';
import { Industry } from './industry.ts';
import { PersonCard } from './profile.ts';

const Page = z.object({ people: z.array(PersonCard), next: z.string().nullable() });
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
