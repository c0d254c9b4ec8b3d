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
  list: authed.route({ method: 'GET', path: '/me/blocks', summary: 'Whom you blocked' }).output(z.array(PersonCard)),
};
