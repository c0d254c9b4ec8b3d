import { sql } from 'drizzle-orm';
import type { Tx } from './client.ts';

/** Commands about the same two people wait for each other until the transaction ends: a follow can't slip past a block. */
export async function lockPair(tx: Tx, one: string, other: string): Promise<void> {
  const key = [one, other].sort().join(' ');
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}
