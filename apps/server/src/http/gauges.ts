import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { LAST_BACKUP } from '../backup/last-backup.ts';
import type { Context } from '../context.ts';

const QUERY_MS = 1_000;

/** What is true of this process at the moment it is asked. */
export function registerGauges(ctx: Context, openRtc: () => number): void {
  const { metrics, config, reconciler, clock } = ctx;
  const { gauge } = metrics;
  const up = (isUp: boolean) => (isUp ? 1 : 0);
  gauge('salotto_updates_sockets', 'Open updates sockets.', () => ctx.updates.counts().sockets);
  gauge('salotto_room_watchers', 'Tabs that watch a room.', () => ctx.updates.counts().watchers);
  gauge('salotto_commands_waiting', 'Room commands waiting for their turn.', () => ctx.room.waiting());
  gauge('salotto_stage_sockets', 'Open signalling connections to the stage plane.', openRtc);
  gauge('salotto_database_waiting', 'Queries waiting for a connection.', () => ctx.pool.waitingCount);
  gauge('salotto_database_up', 'Whether the database answers within a second.', async () => up(await answers(ctx)));
  gauge('salotto_live_rooms', 'Rooms that are live.', async () => (await ctx.room.liveRoomIds()).length);
  gauge('salotto_stage_up', 'Whether LiveKit answers.', () => up(reconciler.health().status === 'ok'));
  gauge('salotto_stage_checked_seconds', 'Seconds since all permissions on the stage plane were last compared.', () => {
    const { lastPassAt } = reconciler.health();
    return lastPassAt === null ? 0 : Math.max(0, clock() - lastPassAt) / 1_000;
  });
  gauge('salotto_mail_up', 'Whether there is a way to send mails.', () => up(ctx.mailer.kind !== 'none'));
  gauge('salotto_redis_up', 'Whether Redis answers; 1 where none is used.', () =>
    up(ctx.redis === null || ctx.publisher.health().status === 'ok'),
  );
  gauge('salotto_disk_free_bytes', 'Room left where the data folder lies.', async () => {
    const { bavail, bsize } = await statfs(config.dataDir);
    return bavail * bsize;
  });
  gauge('salotto_last_backup_seconds', 'When the last backup was taken, in seconds since 1970.', async () =>
    Number(await readFile(join(config.dataDir, LAST_BACKUP), 'utf8')),
  );
}

async function answers(ctx: Context): Promise<boolean> {
  const asked = ctx.db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), QUERY_MS).unref();
  });
  return Promise.race([asked, late]);
}
