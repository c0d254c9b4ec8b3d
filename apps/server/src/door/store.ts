import { count, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../db/client.ts';
import { doorListed, serverSettings } from '../db/schema/administration.ts';

export async function domains(db: DbOrTx): Promise<string[]> {
  const [row] = await db.select({ domains: serverSettings.doorDomains }).from(serverSettings);
  return row?.domains ?? [];
}

export async function save(db: DbOrTx, change: { door?: string; doorDomains?: string[] }): Promise<void> {
  if (Object.keys(change).length > 0) await db.update(serverSettings).set(change);
}

export async function isListed(db: DbOrTx, hash: string): Promise<boolean> {
  return (await db.select({ hash: doorListed.hash }).from(doorListed).where(eq(doorListed.hash, hash))).length > 0;
}

export async function countListed(db: DbOrTx): Promise<number> {
  const [row] = await db.select({ listed: count() }).from(doorListed);
  return row?.listed ?? 0;
}

/** One parameter for all of them: there may be thousands. */
export async function addListed(db: DbOrTx, hashes: readonly string[], at: Date): Promise<void> {
  await db.execute(sql`
    insert into ${doorListed} (hash, added_at)
    select hash, ${at.toISOString()}::timestamptz from unnest(${sql.param([...hashes])}::text[]) as hash
    on conflict do nothing`);
}

export async function clearListed(db: DbOrTx): Promise<void> {
  await db.delete(doorListed);
}
