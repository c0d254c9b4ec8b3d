import type pg from 'pg';

/**
 * Fills a migrated database with people who follow each other and rooms with long logs: `accounts` people named
 * `person_1` and so on, and `updates` entries in the logs of a hundred ended rooms.
 */
export async function fillDatabase(
  client: pg.ClientBase,
  wanted: { accounts: number; updates: number },
): Promise<void> {
  const { accounts, updates } = wanted;
  const id = (of: string) => `md5('${of}' || n)::uuid`;
  await client.query(
    `insert into account (id, name, email, email_verified, locale)
     select ${id('account')}, 'Person ' || n, 'person_' || n || '@example.org', true, 'en' from generate_series(1, $1::int) n`,
    [accounts],
  );
  await client.query(
    `insert into profile (account_id, handle, handle_skeleton, name, headline, bio)
     select ${id('account')}, 'person_' || n, 'person_' || n, 'Person ' || n, 'Headline of ' || n, repeat('Some words. ', n % 12)
     from generate_series(1, $1::int) n`,
    [accounts],
  );
  await client.query(
    `insert into follow (follower_id, followed_id)
     select ${id('account')}, md5('account' || (n % $1::int + 1))::uuid from generate_series(1, $1::int) n`,
    [accounts],
  );
  await client.query(
    `insert into room (id, status, title, topics, locale, hand_policy, starter_id, start_key, seq, stage, started_at, ended_at)
     select ${id('room')}, 'ended', 'Room ' || n, array['music', 'books'], 'en', 'everyone', md5('account' || n)::uuid, 'key' || n,
       $1::int / 100, '[]', 1700000000000 + n, 1700000100000 + n
     from generate_series(1, 100) n`,
    [updates],
  );
  await client.query(
    `insert into room_update (room_id, seq, at, actor, kind, payload)
     select md5('room' || (n % 100 + 1))::uuid, n / 100 + 1, 1700000000000 + n, ${id('account')}, 'hand.raised',
       jsonb_build_object('participationId', md5('place' || n), 'raisedAt', 1700000000000 + n)
     from generate_series(0, $1::int - 1) n`,
    [updates],
  );
}
