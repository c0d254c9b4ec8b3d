import type { PersonCard } from '@salotto/contract';

/** The line under a name: headline and organisation, as far as they are there. */
export function personLine(person: Pick<PersonCard, 'headline' | 'organisation'>): string | null {
  return [person.headline, person.organisation].filter(Boolean).join(', ') || null;
}
