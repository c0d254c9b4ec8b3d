import { statfs } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Drain } from './drain.ts';
import { registerGauges } from './gauges.ts';

/** PostgreSQL needs 16 MB at a time for its log. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

type Part = { status: 'ok' | 'degraded'; detail?: string };

/** What works and what does not. A part that does not answer within a second is degraded. */
export async function healthOf(ctx: Context): Promise<{ status: 'ok' | 'degraded'; parts: Record<string, Part> }> {
  const parts: Record<string, Part> = {
    database: await answering(ctx.db.execute(sql`select 1`)),
    stage: { status: ctx.reconciler.health().status },
    disk: await roomLeft(ctx.config.dataDir),
    mail: ctx.mailer.kind === 'none' ? { status: 'degraded', detail: 'no way to send mail' } : { status: 'ok' },
    ...(ctx.redis && { redis: { status: ctx.publisher.health().status } }),
  };
  const down = Object.values(parts).some((part) => part.status === 'degraded');
  return { status: down ? 'degraded' : 'ok', parts };
}

async function roomLeft(folder: string): Promise<Part> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < LEAST_FREE_BYTES
      ? { status: 'degraded', detail: 'hardly any room is left' }
      : { status: 'ok' };
  } catch {
    return { status: 'degraded', detail: 'the data folder can not be read' };
  }
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

/**
 * The public page: ok or degraded, nothing else. Its code is for load balancers, and so about this process alone: 503
 * where it can't serve, because it is stopping or has no database. What all processes miss together takes none of them
 * out.
 */
export async function health(app: FastifyInstance, options: { ctx: Context; drain: Drain }): Promise<void> {
  app.get('/health', async (_request, reply) => {
    const { status, parts } = await healthOf(options.ctx);
    const stopping = options.drain.isDraining();
    return reply
      .code(stopping || parts.database?.status !== 'ok' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status: stopping ? 'degraded' : status });
  });
}

/** Details and Prometheus metrics, for the private listener. */
export async function privateHealth(app: FastifyInstance, options: { ctx: Context; openRtc(): number }): Promise<void> {
  const { ctx, openRtc } = options;
  registerGauges(ctx, openRtc);
  const { registry } = ctx.metrics;
  app.get('/health', async (_request, reply) => {
    const report = await healthOf(ctx);
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
