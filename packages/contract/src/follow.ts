import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId } from './ids.ts';
import { PersonCard } from './profile.ts';

const Page = z.object({ people: z.array(PersonCard), next: z.string().nullable() });
const PageInput = z.object({ handle: z.string(), after: z.string().optional() });

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
  /** People worth following, for an empty hallway. */
  suggestions: authed
    .route({ method: 'GET', path: '/me/suggestions', summary: 'People you may like to follow' })
    .output(z.array(PersonCard)),
};
