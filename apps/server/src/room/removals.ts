import { DomainError } from '../errors.ts';
import { away, type OfSomebody } from './commands.ts';
import { requireModerator, requireUnprotected } from './policy.ts';
import type { Change } from './state.ts';

/** Commands that send somebody out of the room and keep them out. Pure, as in `commands.ts`. */

/** No way back into this room. */
export const remove = (asked: OfSomebody): Change[] => sendOut(asked, null);

/** No way back for so many minutes; `null`: for good. Banning again sets the end anew. */
export const ban = (asked: OfSomebody & { minutes: number | null }): Change[] =>
  sendOut(asked, asked.minutes === null ? null : asked.now + asked.minutes * 60_000);

function sendOut({ room, actor, target }: OfSomebody, until: number | null): Change[] {
  requireModerator(room, actor);
  if (target.accountId === actor.accountId) throw new DomainError('CONFLICT', { reason: 'self' });
  requireUnprotected(room, target);
  const changes = away(room, target, 'removed');
  return room.removed.get(target.accountId) === until
    ? changes
    : [...changes, { kind: 'person.removed', ...target, until }];
}

/** Lets somebody come back who was removed or banned. */
export function lift({ room, actor, accountId }: Omit<OfSomebody, 'target'> & { accountId: string }): Change[] {
  requireModerator(room, actor);
  return room.removed.has(accountId) ? [{ kind: 'ban.lifted', accountId }] : [];
}
