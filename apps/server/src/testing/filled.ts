import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createDiskBlobs } from '../blob/disk.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDb } from '../db/migrate.ts';

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

/** The database and the pictures of an installation that is in use, as its server would have them open. */
export async function startFilledInstallation(wanted: {
  dataDir: string;
  accounts: number;
  updates: number;
  pictures: { count: number; bytes: number };
}): Promise<{ databaseBytes: number; stop(): Promise<void> }> {
  const { dataDir, pictures } = wanted;
  const server = await startEmbeddedPostgres({ dataDir, logger: pino({ level: 'silent' }) });
  const client = new pg.Client({ connectionString: server.connectionString });
  try {
    await migrateDb(server.connectionString);
    await client.connect();
    await fillDatabase(client, wanted);
    const blobs = createDiskBlobs(join(dataDir, 'pictures'));
    for (let n = 1; n <= pictures.count; n += 1) {
      const name = `${randomUUID()}.webp`;
      await blobs.put(name, crypto.getRandomValues(new Uint8Array(pictures.bytes)));
      await client.query('update profile set picture = $1 where handle = $2', [name, `person_${n}`]);
    }
    const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
    return { databaseBytes: Number(rows[0]?.bytes), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end();
  }
}
