import { startTestLivekit, startTestPostgres } from '@salotto/server/testing';
import { ensureWebBuild } from '../../scripts/lib/web-build.mjs';

const DATABASE = 'SALOTTO_TEST_DATABASE_URL';
const LIVEKIT = 'SALOTTO_TEST_LIVEKIT';

/** Once for all files: the web app is built, PostgreSQL and LiveKit run; those that the runner gives are used. */
export default async function setup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  await ensureWebBuild();
  if (!process.env[DATABASE]) {
    const postgres = await startTestPostgres();
    process.env[DATABASE] = postgres.connectionString;
    stops.push(postgres.stop);
  }
  if (!process.env[LIVEKIT]) {
    const { url, apiKey, apiSecret, stop } = await startTestLivekit({ own: true });
    process.env[LIVEKIT] = JSON.stringify({ url, apiKey, apiSecret });
    stops.push(stop);
  }
  return async () => {
    for (const stop of stops.reverse()) await stop();
  };
}
