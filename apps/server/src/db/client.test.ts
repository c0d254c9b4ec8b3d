import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createTestDb } from '../testing/db.ts';
import { createDb } from './client.ts';

test('a connection that breaks between two queries of a transaction fails that transaction alone', async () => {
  const { connectionString, close: drop } = await createTestDb();
  const { db, pool, close } = createDb({ connectionString });
  const ended = new Promise<void>((resolve) => pool.once('connect', (client) => client.once('end', resolve)));
  const transaction = db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`select pg_backend_pid() as pid`);
    await db.execute(sql`select pg_terminate_backend(${rows[0]?.pid}::int)`);
    await ended;
    await tx.execute(sql`select 1`);
  });
  await expect(transaction).rejects.toThrow();
  expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await close();
  await drop();
});
