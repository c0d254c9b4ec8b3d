import pg from 'pg';
import {
  appliedMigrations,
  applyMigrations,
  inSchemaTransaction,
  isNewer,
  NewerSchema,
  readMigrations,
} from './migrations.ts';

/**
 * Brings the database up to this build's schema, under a lock: of several that start together one does the work. Throws
 * NewerSchema, and changes nothing, where a newer build has been there.
 */
export async function migrateDb(connectionString: string, migrationsFolder?: string): Promise<void> {
  const own = readMigrations(migrationsFolder);
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await inSchemaTransaction(client, async () => {
      if (isNewer(await appliedMigrations(client), own)) {
        throw new NewerSchema(
          'The database was written by a newer Salotto than this one, so this one leaves it alone. Start the newer one, or restore a backup that this one made.',
        );
      }
      await applyMigrations(client, own);
    });
  } finally {
    await client.end();
  }
}
