import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Context } from '../context.ts';

type Part = { status: 'ok' | 'degraded'; detail?: string };

/** What works and what does not. A part that does not answer within a second is degraded. */
export async function healthOf(ctx: Context): Promise<{ status: 'ok' | 'degraded'; parts: Record<string, Part> }> {
  const parts: Record<string, Part> = {
    database: await answering(ctx.db.execute(sql`select 1`)),
    stage: { status: ctx.reconciler.health().status },
    mail: ctx.mailer.kind === 'none' ? { status: 'degraded', detail: 'no way to send mail' } : { status: 'ok' },
    ...(ctx.redis && { redis: { status: ctx.publisher.health().status } }),
  };
  const down = Object.values(parts).some((part) => part.status === 'degraded');
  return { status: down ? 'degraded' : 'ok', parts };
}

async function answering(work: Promise<unknown>): Promise<Part> {
  const late = new Promise<Part>((resolve) => {
    setTimeout(() => resolve({ status: 'degraded', detail: 'no answer within a second' }), 1_000).unref();
  });
  return Promise.race([
    work.then(
      (): Part => ({ status: 'ok' }),
      (): Part => ({ status: 'degraded', detail: 'unreachable' }),
    ),
    late,
  ]);
}

/** The public page: ok or degraded, nothing else. */
export async function health(app: FastifyInstance, options: { ctx: Context }): Promise<void> {
  app.get('/health', async (_request, reply) => {
    const { status } = await healthOf(options.ctx);
    return reply
      .code(status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status });
  });
}

/** Details and Prometheus metrics, for the private listener. */
export async function privateHealth(app: FastifyInstance, options: { ctx: Context; openRtc(): number }): Promise<void> {
  const { ctx } = options;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('salotto_updates_sockets', 'Open updates sockets.', () => ctx.updates.counts().sockets);
  gauge('salotto_room_watchers', 'Tabs that watch a room.', () => ctx.updates.counts().watchers);
  gauge('salotto_commands_waiting', 'Room commands waiting for their turn.', () => ctx.room.waiting());
  gauge('salotto_stage_sockets', 'Open signalling connections to the stage plane.', options.openRtc);
  gauge('salotto_database_waiting', 'Queries waiting for a connection.', () => ctx.pool.waitingCount);
  new Gauge({
    name: 'salotto_live_rooms',
    help: 'Rooms that are live.',
    registers: [registry],
    async collect() {
      this.set((await ctx.room.liveRoomIds()).length);
    },
  });

  app.get('/health', async (_request, reply) => {
    const report = await healthOf(ctx);
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
