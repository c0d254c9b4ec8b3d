import { keptOrigin, linkAddress, originOfLinks } from './administration/claim-notice.ts';
import { createEntryLinks } from './administration/links.ts';
import { openDatabase } from './backup/open-database.ts';
import { systemClock } from './clock.ts';
import { runCommand } from './command.ts';
import { createDb } from './db/client.ts';
import { migrateDb } from './db/migrate.ts';

await runCommand({ usage: 'npm run claim', env: process.env, bare: true }, async ({ config, logger }) => {
  const { dataDir, databaseUrl, publicUrls, port } = config;
  const database = await openDatabase({ dataDir, databaseUrl, logger });
  try {
    await migrateDb(database.connectionString);
    const { db, close } = createDb({ connectionString: database.connectionString, max: 1 });
    try {
      const { link, token } = await createEntryLinks({ db, clock: systemClock }).makeForOperator();
      const asked = originOfLinks({ publicUrl: publicUrls[0], localUrl: `http://localhost:${port}` });
      const address = linkAddress((await keptOrigin(dataDir)) ?? asked, token);
      return link.purpose === 'claim'
        ? `Claim this server within a day, once: ${address}`
        : `Sign in as this server’s administrator within a day, once: ${address}`;
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
});
