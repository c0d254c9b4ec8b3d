import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { backUp } from './backup/backup.ts';
import { LAST_BACKUP } from './backup/last-backup.ts';
import { openDatabase } from './backup/open-database.ts';
import { runCommand, sizeOf } from './command.ts';

await runCommand(
  { usage: 'npm run backup -- FILE', env: process.env },
  async ({ argument, config, blobs, logger, signal }) => {
    const file = resolve(argument);
    const { dataDir, databaseUrl } = config;
    const database = await openDatabase({ dataDir, databaseUrl, logger });
    try {
      const { connectionString } = database;
      const options = { connectionString, dataDir, blobs, file, version: packageJson.version, signal };
      const { tables, entries, takenAt } = await backUp(options);
      // For the metrics: an administrator wants to know when there was none for long.
      await writeFile(join(dataDir, LAST_BACKUP), `${Math.floor(takenAt / 1000)}\n`, { mode: 0o600 }).catch(
        () => undefined,
      );
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const pictures = entries.filter(({ name }) => name.startsWith('pictures/')).length;
      return `Backup written to ${file}: ${rows} rows of ${tables.length} tables, ${pictures} pictures, ${sizeOf(file)}. It holds keys and everything people wrote: keep it as safe as the server.`;
    } finally {
      await database.close();
    }
  },
);
