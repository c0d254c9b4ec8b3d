import { NOTES_MAX } from '@salotto/contract';
import { DomainError } from '../errors.ts';

/** How somebody stands to the person about whom they write. */
export type Writing = {
  self: boolean;
  /** A person with a profile, who did not block the writer. */
  seen: boolean;
  /** Notes of the writer about others. */
  others: number;
};

/** About everybody whom one sees, but oneself. */
export function requireMayWrite({ self, seen, others }: Writing): void {
  if (self) throw new DomainError('CONFLICT', { reason: 'self' });
  if (!seen) throw new DomainError('NOT_FOUND');
  if (others >= NOTES_MAX) throw new DomainError('CONFLICT', { reason: 'too_many_notes' });
}
