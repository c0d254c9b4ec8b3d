import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findEmbedded, startEmbeddedPostgres } from '../db/embedded.ts';
import { checkOwnDatabase } from '../db/own-database.ts';
import { FolderInUse } from '../folder-lock.ts';
import type { Logger } from '../logger.ts';
import { StartError } from '../start-error.ts';

/**
 * The database of an installation, whether its server runs or not: the one of DATABASE_URL, or the embedded one, started
 * for as long as it is needed where it does not run. Throws a StartError where there is none.
 */
export async function openDatabase(options: {
  dataDir: string;
  databaseUrl: string | null;
  logger: Logger;
}): Promise<{ connectionString: string; close(): Promise<void> }> {
  const { dataDir, databaseUrl, logger } = options;
  if (databaseUrl) {
    await checkOwnDatabase(databaseUrl);
    return { connectionString: databaseUrl, close: async () => undefined };
  }
  if (!['postgres', 'postgres-is-elsewhere.txt'].some((name) => existsSync(join(dataDir, name)))) {
    throw new StartError(`There is no database in ${dataDir}: is SALOTTO_DATA the folder of your server?`);
  }
  try {
    const { connectionString, stop } = await startEmbeddedPostgres({ dataDir, logger });
    return { connectionString, close: stop };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const connectionString = await findEmbedded(dataDir);
    if (connectionString) return { connectionString, close: async () => undefined };
    throw new StartError('The database does not answer: the server may be starting or stopping. Try again.');
  }
}
