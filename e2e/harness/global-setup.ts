import { ensureLivekit, startTestPostgres } from '@salotto/server/testing';
import { ensureWebBuild } from '../../scripts/lib/web-build.mjs';

const DATABASE = 'SALOTTO_TEST_DATABASE_URL';

/** Once for all files: the web app is built, LiveKit is there, and PostgreSQL runs; one that the runner gives is used. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  await ensureWebBuild();
  await ensureLivekit();
  if (process.env[DATABASE]) return undefined;
  const postgres = await startTestPostgres();
  process.env[DATABASE] = postgres.connectionString;
  return postgres.stop;
}
