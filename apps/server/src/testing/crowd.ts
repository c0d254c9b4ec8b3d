import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';

/** Many members at once, named `Crowd 1`, `Crowd 2` …, with a place each in this room. Their ids, in that order. */
export async function buildCrowd(db: Db, options: { roomId: string; size: number; name?: string }) {
  const { roomId, size, name = 'crowd' } = options;
  const made = await db.execute<{ participationId: string; accountId: string }>(sql`
    with person as materialized (
      select gen_random_uuid() as id, n from generate_series(1, ${size}::int) as n
    ), accounts as (
      insert into account (id, email, email_verified, locale)
      select id, ${name}::text || n || '@example.org', true, 'en' from person
    ), profiles as (
      insert into profile (account_id, handle, handle_skeleton, name, headline)
      select id, ${name}::text || n, ${name}::text || n, initcap(${name}::text) || ' ' || n, 'Listens to the radio' from person
    ), places as (
      insert into participation (id, room_id, account_id, joined_at, role_changed_at)
      select gen_random_uuid(), ${roomId}::uuid, id, 0, 0 from person
      returning id, account_id
    )
    select places.id as "participationId", person.id as "accountId"
    from places join person on person.id = places.account_id order by person.n
  `);
  return made.rows;
}
