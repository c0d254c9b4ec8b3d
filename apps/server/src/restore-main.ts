import { resolve } from 'node:path';
import { restore } from './backup/restore.ts';
import { runCommand } from './command.ts';

await runCommand(
  { usage: 'npm run restore -- FILE', env: process.env },
  async ({ argument, config, blobs, logger, signal }) => {
    const { dataDir, databaseUrl } = config;
    const manifest = await restore({ file: resolve(argument), dataDir, databaseUrl, blobs, logger, signal });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const taken = new Date(manifest.takenAt).toISOString();
    return `Restored what was backed up at ${taken} into ${dataDir}${databaseUrl ? ' and the database of DATABASE_URL' : ''}: ${rows} rows. Start it with npm start.`;
  },
);
