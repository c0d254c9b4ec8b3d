import { onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { MIXER_PATH } from '@salotto/contract';
import type { FastifyInstance } from 'fastify';
import { isSame } from '../account/secrets.ts';
import type { Context } from '../context.ts';
import { mixerRouter } from '../mixer/router.ts';
import { isPassing, type MixerRequest } from '../rpc.ts';
import { limitBody } from './body-limit.ts';

/** The mixers' contract, for the private listener; `token` is the one they show. */
export async function mixers(app: FastifyInstance, options: { ctx: Context; token: string }): Promise<void> {
  const { ctx, token } = options;
  const report = (error: unknown) => {
    if (error instanceof Error && !('defined' in error) && !isPassing(error)) {
      ctx.logger.error({ error }, 'a call of a mixer failed');
    }
  };
  const rpc = new RPCHandler<MixerRequest>(mixerRouter, { interceptors: [onError(report)] });
  await app.register(async (own) => {
    own.addHook('onRequest', limitBody);
    // oRPC reads the body itself.
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    own.all(`${MIXER_PATH}/*`, async (request, reply) => {
      const trusted = isSame(request.headers.authorization ?? '', `Bearer ${token}`);
      const { matched } = await rpc.handle(request, reply, { prefix: MIXER_PATH, context: { ctx, trusted } });
      if (!matched) reply.code(404).send({ code: 'NOT_FOUND', message: 'There is nothing here.' });
    });
  });
}
