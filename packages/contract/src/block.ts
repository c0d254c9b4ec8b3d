import { z } from 'zod';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { AccountId } from './ids.ts';
import { PersonCard } from './profile.ts';

/** One person's block: neither follows the other, and the blocked person is out of sight. */
export const block = {
  block: authed
    .route({ method: 'PUT', path: '/people/{accountId}/block', summary: 'Block somebody' })
    .input(z.object({ accountId: AccountId }))
    .errors(declare('NOT_FOUND', 'CONFLICT')),
  unblock: authed
    .route({ method: 'DELETE', path: '/people/{accountId}/block', summary: 'Unblock somebody' })
    .input(z.object({ accountId: AccountId })),
  /**
   * Whether at least `BLOCKED_BY_SEVERAL` of those whom one has followed for a day blocked this person. Never how many, and
   * never who.
   */
  mark: authed
    .route({
      method: 'GET',
      path: '/people/{accountId}/block-mark',
      summary: 'Whether several you follow blocked somebody',
    })
    .input(z.object({ accountId: AccountId }))
    .output(z.object({ bySeveral: z.boolean() })),
  list: authed.route({ method: 'GET', path: '/me/blocks', summary: 'Whom you blocked' }).output(z.array(PersonCard)),
};
