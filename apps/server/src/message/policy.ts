import type { ChatSettings, Role } from '@salotto/contract';
import { DomainError } from '../errors.ts';

export type Writer = { accountId: string; role: Role };

export function requireModerator({ role }: Pick<Writer, 'role'>): void {
  if (role !== 'moderator') throw new DomainError('FORBIDDEN', { reason: 'role' });
}

/** May this person write now? `lastAt` is when their last message was written, also when it was deleted since. */
export function requireMayWrite(options: {
  writer: Writer;
  settings: ChatSettings;
  lastAt: number | null;
  now: number;
}): void {
  const { writer, settings, lastAt, now } = options;
  if (writer.role === 'moderator') return;
  if (!settings.open) throw new DomainError('FORBIDDEN', { reason: 'chat_closed' });
  const waitMs = lastAt === null ? 0 : lastAt + settings.slowModeSeconds * 1_000 - now;
  if (waitMs > 0) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
}

/** Who deletes a message is told with it: its author, also as a moderator, or a moderator. */
export function deletedBy(writer: Writer, message: { accountId: string }): 'author' | 'moderator' {
  if (message.accountId === writer.accountId) return 'author';
  requireModerator(writer);
  return 'moderator';
}
