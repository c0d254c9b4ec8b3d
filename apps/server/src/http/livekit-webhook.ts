import type { FastifyPluginAsync } from 'fastify';
import type { StageHint } from '../media/livekit.ts';

export type LivekitWebhookOptions = {
  /** Null when the signature is not ours. */
  read(body: string, authorization: string | undefined): Promise<StageHint | null>;
  /** Somebody came, went or published: look, believe nothing. */
  onHint(hint: StageHint): void;
};

const BODY_LIMIT = 64 * 1024;

/** LiveKit's webhook, for the private listener. It needs the body as it was signed, so it has a parser of its own. */
export const livekitWebhook: FastifyPluginAsync<LivekitWebhookOptions> = async (app, { read, onHint }) => {
  await app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    own.post('/livekit/webhook', async (request, reply) => {
      const hint = typeof request.body === 'string' ? await read(request.body, request.headers.authorization) : null;
      if (!hint) return reply.code(401).send();
      onHint(hint);
      return reply.code(204).send();
    });
  });
};
