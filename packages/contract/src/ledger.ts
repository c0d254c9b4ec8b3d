import { z } from 'zod';
import { Millis, ParticipationId } from './ids.ts';
import { PersonCard } from './profile.ts';

/** Who spoke for how long in a room, measured by the server from the sound itself. */
export const Ledger = z.object({
  at: Millis,
  totalMs: z.number().nonnegative(),
  people: z
    .array(z.object({ person: PersonCard, spokenMs: z.number().nonnegative() }))
    .describe('everybody who was heard, most first'),
  organisations: z
    .array(z.object({ organisation: z.string(), people: z.number().int(), spokenMs: z.number().nonnegative() }))
    .describe('as people name them themselves; whoever names none is in none'),
  /** Who has the word now; null where nobody was heard for some seconds. */
  turn: z.object({ participationId: ParticipationId, since: Millis }).nullable(),
});
export type Ledger = z.infer<typeof Ledger>;
