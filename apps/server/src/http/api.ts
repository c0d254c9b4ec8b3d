import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '@salotto/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { router } from '../router.ts';
import { isPassing, type RequestContext } from '../rpc.ts';
import { limitBody } from './body-limit.ts';
import { browserOf } from './browser.ts';
import { docs } from './docs.ts';
import type { Drain } from './drain.ts';

const OPENAPI_PATH = '/api/openapi.json';

/** The contract mounted twice: as RPC for the app, as REST for everybody else, with its OpenAPI document and a page. */
export async function api(
  app: FastifyInstance,
  options: { ctx: Context; drain: Drain; isSecure(request: FastifyRequest): boolean },
): Promise<void> {
  const { ctx, drain, isSecure } = options;
  // Errors that nobody declared: the client gets no details, the log gets the cause.
  const report = (error: unknown) => {
    if (error instanceof Error && !('defined' in error) && !isPassing(error))
      ctx.logger.error({ error }, 'call failed');
  };
  const rpc = new RPCHandler<RequestContext>(router, { interceptors: [onError(report)] });
  const rest = new OpenAPIHandler<RequestContext>(router, { interceptors: [onError(report)] });

  async function contextOf(request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
    const browser = browserOf(request, reply, isSecure(request));
    const nobody = { ctx, browser, viewer: null, closed: true };
    if (drain.isDraining()) return nobody;
    try {
      return { ctx, browser, viewer: await ctx.account.authenticate(browser.headers) };
    } catch (error) {
      ctx.logger.warn({ error }, 'could not look up who is signed in');
      return nobody;
    }
  }

  async function handle(
    handler: typeof rpc | typeof rest,
    prefix: '/api' | '/api/rpc',
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    reply.header('cache-control', 'no-store');
    const context = await contextOf(request, reply);
    if (context.closed) reply.header('retry-after', '2');
    const { matched } = await handler.handle(request, reply, { prefix, context });
    if (!matched) reply.code(404).send({ code: 'NOT_FOUND', message: 'There is nothing here.' });
  }

  // oRPC reads the body itself.
  app.addHook('onRequest', limitBody);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));

  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  let document: Promise<unknown> | null = null;
  app.get(OPENAPI_PATH, async (_request, reply) => {
    const { name, version } = await ctx.about.get();
    document ??= generator.generate(contract, {
      info: { title: `${name} API`, version },
      servers: [{ url: '/api' }],
    });
    return reply.send(await document);
  });
  await app.register(docs, { openapiPath: OPENAPI_PATH });
  app.all('/api/rpc/*', (request, reply) => drain.whileCounted(() => handle(rpc, '/api/rpc', request, reply)));
  app.all('/api/*', (request, reply) => drain.whileCounted(() => handle(rest, '/api', request, reply)));
}
