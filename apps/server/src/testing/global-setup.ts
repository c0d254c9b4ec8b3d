import { startTestPostgres } from './postgres.ts';
import { TEST_DATABASE_URL } from './test-database-url.ts';

/** For vitest: one PostgreSQL for the whole run, unless the address of one is given. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[TEST_DATABASE_URL]) return undefined;
  const server = await startTestPostgres();
  process.env[TEST_DATABASE_URL] = server.connectionString;
  return async () => {
    delete process.env[TEST_DATABASE_URL];
    await server.stop();
  };
}
