import { DomainError } from '../errors.ts';
import type { Asked } from './commands.ts';
import { requireModerator } from './policy.ts';
import type { Change } from './state.ts';

/** Commands that answer those who knock. Pure, as in `commands.ts`; `room.knocking` holds whom they are about. */

/** An answer to somebody who is no longer there, or has one already, is refused. */
export function answer({ room, actor, accountId, letIn }: Asked & { accountId: string; letIn: boolean }): Change[] {
  requireModerator(room, actor);
  if (!room.knocking.has(accountId)) throw new DomainError('NOT_FOUND');
  return [{ kind: 'knock.answered', accountId, letIn }];
}

export function letAllIn({ room, actor }: Asked): Change[] {
  requireModerator(room, actor);
  return [...room.knocking].map((accountId) => ({ kind: 'knock.answered', accountId, letIn: true }));
}
