import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';

const UNIQUE_VIOLATION = '23505';

/** The name of the unique constraint that a query ran into, or null when it failed for another reason. */
export function uniqueViolation(error: unknown): string | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof pg.DatabaseError && cause.code === UNIQUE_VIOLATION ? (cause.constraint ?? '') : null;
}
